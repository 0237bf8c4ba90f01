import { expect } from "chai";
import fc from "fast-check";
import { listExtractions } from "../../env/artifact/extraction.js";
import { createEvaluator, make, readArtifact, registerExtraction } from "../../env/index.js";
import "../../index.js";
import { pagesReward } from "../../rewards/index.js";

const CLOSED = "```html\n<p>closed</p>\n```";
const WIDGET = "export default function Widget() { return <p>Hi</p>; }";
const MANIFEST =
  '<webArtifact id="a" title="b"><webAction type="file" filePath="src/App.tsx">x</webAction></webArtifact>';

/** What rules find in a text: the page, the component or the paths of the files; else the reason. */
function found(extraction: string, text: string): string {
  const { kind } = listExtractions().find(({ name }) => name === extraction)!;
  const outcome = readArtifact(kind, text, { extraction });
  if (outcome.status === "refused") return outcome.refusal.reason;
  const { artifact } = outcome;
  if (artifact.kind === "html") return artifact.html;
  return artifact.kind === "tsx" ? artifact.source : Object.keys(artifact.files).join();
}

describe("the published systems' extraction rules", () => {
  it("are selectable by name, each with its own habits", () => {
    expect(found("frontcoder", "<div>no document</div>")).to.equal("no_html");
    expect(found("frontcoder", "<body>x</body>")).to.contain("<body>x</body>");
    expect(found("vcoder", `Here:\n${CLOSED}`)).to.equal("<p>closed</p>");
    expect(found("vcoder", "<p>bare</p>")).to.equal("no_html");
    expect(found("vcoder-design2code", "<p>bare</p>")).to.equal("<p>bare</p>");
    expect(found("vcoder-openenv", `<think>x</think>${CLOSED}`)).to.equal("<p>closed</p>");
    expect(found("widgetanchor", `<code>${WIDGET}`)).to.equal(WIDGET);
    expect(found("widgetanchor-training", `<code>${WIDGET}`)).to.equal("no_component");
    expect(found("widgetanchor-benchmark", `<code>${WIDGET}</code>`)).to.contain("Widget");
    expect(found("webgen-r1", MANIFEST)).to.equal("src/App.tsx");
    expect(found("webgen-r1", "none")).to.equal("no_manifest");
  });

  it("give an artifact or a reason for every text", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "```html\n",
        "```",
        "<code>",
        "</code>",
        "<html>",
        "</html>",
        "<body>",
        WIDGET,
        MANIFEST,
        "\n",
      ),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
    for (const { kind, name } of listExtractions())
      fc.assert(
        fc.property(text, (answer) => {
          const outcome = readArtifact(kind, answer, { extraction: name, maxBytes: 100 });
          if (outcome.status === "refused") expect(outcome.refusal.message).to.match(/^[A-Z].*[.]$/s);
          else expect(outcome.artifact.kind).to.equal(kind);
        }),
        { numRuns: 300 },
      );
  }).timeout(20_000);

  it("read the answers of an environment that names them", async () => {
    const env = await make("webgen/Pages-v0", { extraction: "vcoder" });
    try {
      await env.reset({ seed: 1 });
      const { info } = await env.step("<h1>Out of any fence</h1>");
      expect(info.endReason).to.equal("invalid_artifact");
    } finally {
      await env.close();
    }
  });

  it("leave kinds that they do not read to ours", () => {
    expect(readArtifact("tsx", WIDGET, { extraction: "vcoder" }).status).to.equal("ok");
  });

  it("are refused by a name that is unknown or taken", async () => {
    const unknown = /no extraction rules named "frontcode"\. Did you mean "frontcoder"\?/;
    expect(() => readArtifact("html", "x", { extraction: "frontcode" })).to.throw(unknown);
    const scorer = pagesReward();
    const renderer = undefined as never;
    expect(() => createEvaluator({ renderer, scorer, extraction: "frontcode" })).to.throw(unknown);
    await make("webgen/Pages-v0", { extraction: "frontcode" }).then(
      () => expect.fail("It was accepted."),
      (error: Error) => expect(error.message).to.match(unknown),
    );
    const [first] = listExtractions();
    expect(() => registerExtraction(first!)).to.throw(/already registered/);
    expect(() => readArtifact("pdf" as "html", "x")).to.throw(/no kind of artifact "pdf"/);
  });
});
