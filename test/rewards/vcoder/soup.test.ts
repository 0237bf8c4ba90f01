import { expect } from "chai";
import fc from "fast-check";
import { namedCharacters, unescapeHtml } from "../../../rewards/metrics/ports/entities.js";
import { parseSoup, soupElements } from "../../../rewards/metrics/ports/soup.js";
import { serializeSoup } from "../../../rewards/metrics/ports/soup-serialize.js";
import { tagSequence } from "../../../rewards/metrics/tree/tag-sequence.js";

const rewrite = (html: string): string | null => {
  const soup = parseSoup(html);
  return soup && serializeSoup(soup);
};

describe("reading markup as Beautiful Soup does", () => {
  // Each pair computed by beautifulsoup4 4.15 with html.parser of Python 3.11.
  const CASES: readonly (readonly [string, string | null])[] = [
    ["<p>a<p>b", "<p>a<p>b</p></p>"],
    ["<br></br><p/>x</p>", "<br/><p></p>x"],
    ['<p b="2" a=1 a=3 c>x', '<p a="3" b="2" c="">x</p>'],
    ['<p class="a  b\tc" title="a  b">', '<p class="a b c" title="a  b"></p>'],
    ["<script>a<b && c</script><b>1<2</b>", "<script>a<b && c</script><b>1&lt;2</b>"],
    ["<script>never ends", "<script></script>"],
    ["a &amp; b &copy; &foo; &#65;", "a &amp; b © &amp;foo A"],
    ["<!-- x --><!doctype html><!---->", "<!-- x --><!DOCTYPE html>\n<!-- -->"],
    ["<pre>  \n </pre> \n <b>  </b>", "<pre>  \n </pre>\n<b> </b>"],
    ["<meta charset=latin1>", '<meta charset="utf-8"/>'],
    ["<![foo x", null],
    ["</div><i>x</div></i>y", "<i>x</i>y"],
  ];

  it("builds and writes the same tree", () => {
    for (const [html, expected] of CASES) expect(rewrite(html), html).to.equal(expected);
  });

  it("takes any text, and what it wrote", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "<p>",
        "</p>",
        "<a b='",
        "'>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "&#",
        "&amp",
        "<?",
        "<![if x]>",
        "<",
        ">",
        "/",
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
        const soup = parseSoup(parts.join(""));
        if (!soup) return;
        expect([...soupElements(soup)].every(({ name }) => name !== "")).to.equal(true);
        expect(parseSoup(serializeSoup(soup))).not.to.equal(undefined);
      }),
      { numRuns: 300 },
    );
  });

  it("takes little time for markup made to be slow", () => {
    const hostile = [
      "<".repeat(50_000),
      "<!--".repeat(20_000),
      "<p ".repeat(20_000),
      "<div>".repeat(50_000),
      "<br>".repeat(30_000) + "</p>".repeat(30_000),
    ];
    for (const html of hostile) {
      const start = process.cpuUsage();
      parseSoup(html);
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1000, html.slice(0, 4)).to.be.below(5000);
    }
  });
});

describe("character references", () => {
  it("knows names and numbers", () => {
    expect(namedCharacters("copy")).to.equal("©");
    expect(namedCharacters("semi")).to.equal(";");
    expect(namedCharacters("notit")).to.equal(null);
    expect(unescapeHtml("a&lt=1&copy=2&#65;")).to.equal("a<=1©=2A");
  });
});

describe("tagSequence", () => {
  it("holds implied elements, keeps the case of SVG, and looks into templates", () => {
    expect(tagSequence("<table><tr><td>x</table>")).to.deep.equal([
      "html",
      "head",
      "body",
      "table",
      "tbody",
      "tr",
      "td",
    ]);
    expect(tagSequence("<svg><linearGradient/></svg>").at(-1)).to.equal("linearGradient");
    expect(tagSequence("<body><template><p>x</template>").slice(3)).to.deep.equal(["template", "p"]);
  });
});
