import { expect } from "chai";
import { listExtractions, readApart, readArtifact, registerExtraction } from "../../../env/artifact/index.js";
import { LONGEST_ANSWER, LONGEST_READ_HERE } from "../../../env/artifact/read-apart.js";
import "../../../rewards/systems/extractions.js";
import { hostileTexts } from "../../fixtures/hostile-answers/texts.js";
import { repeated } from "../../support/linear.js";

const LENGTH = 2_000_000;
const PAGE = "<!doctype html><html><body><h1>Hello</h1></body></html>";

async function becomes(...[kind, text, options]: Parameters<typeof readApart>): Promise<string> {
  const outcome = await readApart(kind, text, options);
  return outcome.status === "ok" ? "ok" : outcome.refusal.reason;
}

describe("reading answers apart", function () {
  this.timeout(300_000);

  it("gives what reading them here gives, short ones and long", async () => {
    const long = PAGE.replace("Hello", "x".repeat(2 * LONGEST_READ_HERE));
    for (const text of [PAGE, long, `${FENCED}${long}`, "", "no page", "x".repeat(100_000)])
      expect(await readApart("html", text)).to.deep.equal(readArtifact("html", text));
    expect(await readApart("html", long, { maxBytes: 100 })).to.deep.equal(
      readArtifact("html", long, { maxBytes: 100 }),
    );
  });

  it("knows the rules of published systems", async () => {
    const answers = [
      PAGE,
      `\`\`\`html\n${PAGE}\n\`\`\``,
      "<code>\nexport default () => null;\n</code>",
      '<webArtifact id="a" title="b"><webAction type="file" filePath="src/App.tsx">x</webAction></webArtifact>',
    ];
    for (const { name, kind, module } of listExtractions().filter((each) => each.module)) {
      expect(module?.href).to.match(/extraction\.js$/);
      for (const text of answers)
        expect(await readApart(kind, text, { extraction: name }), name).to.deep.equal(
          readArtifact(kind, text, { extraction: name }),
        );
    }
    expect(listExtractions().filter((each) => each.module)).to.have.length.above(7);
  });

  it("reads by a user's own rules where they are", async () => {
    const html = `<p>${process.pid}</p>`;
    registerExtraction({
      name: "here",
      kind: "html",
      description: "Says who read it.",
      extract: () => ({ kind: "html", html }),
    });
    expect(await readApart("html", "x", { extraction: "here" })).to.deep.equal({
      status: "ok",
      artifact: { kind: "html", html },
    });
  });

  it("refuses an answer that nobody should look at", async () => {
    expect(await becomes("html", "x".repeat(LONGEST_ANSWER + 1))).to.equal("too_large");
  });

  it("ends hostile texts for their right reason, by our rules and by all others, and reads the next one", async () => {
    expect(hostileTexts.length).to.be.at.least(60);
    const wrong: string[] = [];
    for (const text of hostileTexts) {
      const answer = repeated(text, LENGTH);
      const [became, beside] = await Promise.all([becomes(text.kind, answer), becomes("html", PAGE)]);
      if (!text.expected.includes(became)) wrong.push(`${text.kind}: ${text.name}: ${became}`);
      if (beside !== "ok") wrong.push(`${text.name}: the answer beside it is ${beside}`);
    }
    expect(wrong).to.deep.equal([]);
  });

  it("gives up what a published system's rules take too long for", async () => {
    const blanks = `${" ".repeat(200_000)}x`;
    const texts = [
      `<html${"<html".repeat(100_000)}`,
      `<code>${"const {".repeat(50_000)}</code>`,
      `\`\`\`html${blanks}`,
      `<webArtifact>${'<webAction type="a"'.repeat(50_000)}`,
    ];
    for (const { name, kind } of listExtractions().filter((each) => each.module))
      for (const text of texts) {
        const outcome = await readApart(kind, text, { extraction: name });
        if (outcome.status === "refused") expect(outcome.refusal.reason, name).to.match(/^[a-z_]+$/);
        expect(await becomes("html", PAGE)).to.equal("ok");
      }
  });
});

const FENCED = "Here:\n```html\n";
