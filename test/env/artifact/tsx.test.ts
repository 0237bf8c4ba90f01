import { expect } from "chai";
import fc from "fast-check";
import { readArtifact, readTsx } from "../../../env/artifact/index.js";

const COMPONENT =
  'import { Star } from "lucide-react";\n\nexport default function Widget() {\n  return <Star />;\n}';

const sourceOf = (text: string) => {
  const outcome = readTsx(text);
  return outcome.status === "ok" && outcome.artifact.kind === "tsx" ? outcome.artifact.source : null;
};
const reasonOf = (text: string) => {
  const outcome = readTsx(text);
  return outcome.status === "refused" ? outcome.refusal.reason : null;
};

describe("reading a component out of an answer", () => {
  it("takes bare source", () => {
    expect(sourceOf(COMPONENT)).to.equal(COMPONENT);
    expect(sourceOf("export default () => <p>Hello</p>;")).to.equal("export default () => <p>Hello</p>;");
    expect(sourceOf(`"use client"\n${COMPONENT}`)).to.equal(`"use client"\n${COMPONENT}`);
  });

  it("takes bare source out of prose", () => {
    expect(sourceOf(`Here you are:\n\n${COMPONENT}\n\nIt shows a star.`)).to.equal(COMPONENT);
  });

  it("takes a fenced block, whatever its tag for JavaScript", () => {
    for (const tag of ["tsx", "jsx", "typescript", "javascript", "react", "TSX", ""])
      expect(sourceOf(`Sure:\n\`\`\`${tag}\n${COMPONENT}\n\`\`\`\nDone.`), tag).to.equal(COMPONENT);
  });

  it("takes a block in code tags, fenced inside or not", () => {
    expect(sourceOf(`<think>a star</think>\n<code>\n${COMPONENT}\n</code>`)).to.equal(COMPONENT);
    expect(sourceOf(`<code>\n\`\`\`tsx\n${COMPONENT}\n\`\`\`\n</code>`)).to.equal(COMPONENT);
  });

  it("does not take markup in a component for a block of its own", () => {
    const source = "export default () => (\n  <p>\n    <code>npm i</code>\n  </p>\n);";
    expect(sourceOf(source)).to.equal(source);
    expect(sourceOf(`\`\`\`tsx\n${source}\n\`\`\``)).to.equal(source);
  });

  it("prefers the block with the default export, then the longest", () => {
    const helper = `const x = 1;\n${"// filler\n".repeat(100)}`;
    expect(sourceOf(`\`\`\`ts\n${helper}\`\`\`\n\`\`\`tsx\n${COMPONENT}\n\`\`\``)).to.equal(COMPONENT);
    const short = "export default () => null;";
    expect(sourceOf(`\`\`\`tsx\n${short}\n\`\`\`\n\`\`\`tsx\n${COMPONENT}\n\`\`\``)).to.equal(COMPONENT);
  });

  it("takes a block that is not closed when its component is whole", () => {
    expect(sourceOf(`\`\`\`tsx\n${COMPONENT}`)).to.equal(COMPONENT);
    expect(sourceOf(`<code>\n${COMPONENT}`)).to.equal(COMPONENT);
  });

  it("refuses with a reason", () => {
    expect(reasonOf("  \n")).to.equal("empty");
    expect(reasonOf("```tsx\n```")).to.equal("empty");
    expect(reasonOf("I cannot do that.")).to.equal("no_component");
    expect(reasonOf("```tsx\nfunction Widget() { return null; }\n```")).to.equal("no_component");
    expect(reasonOf("<think>let me see")).to.equal("truncated");
    expect(reasonOf("```tsx\nexport default function Widget() {\n  return <div class")).to.equal("truncated");
    expect(reasonOf("```tsx\nconst data = [];")).to.equal("truncated");
    expect(reasonOf(`export default () => <p>${"x".repeat(100_000)}</p>;`)).to.equal("too_large");
    const outcome = readTsx(COMPONENT, { maxBytes: 10 });
    expect(outcome).to.have.nested.property("refusal.message").that.contains("at most 10 are accepted");
  });

  it("is how answers of kind tsx are read", () => {
    expect(readArtifact("tsx", COMPONENT)).to.deep.equal({
      status: "ok",
      artifact: { kind: "tsx", source: COMPONENT },
    });
  });

  it("gives an artifact or a refusal for any string", () => {
    const piece = fc.constantFrom(
      ..."```tsx\n|```|~~~|<code>|</code>|<think>|</think>|export default |function A() {|}|import x from 'y';|\n|;|<p>| ".split(
        "|",
      ),
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.oneof(piece, fc.string())).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(text, (answer) => {
        const outcome = readTsx(answer);
        if (outcome.status === "ok") expect(outcome.artifact).to.have.property("source").that.is.not.empty;
        else expect(outcome.refusal.message).to.match(/\.$/);
      }),
      { numRuns: 500 },
    );
  });

  it("reads hostile answers in linear time", () => {
    const started = performance.now();
    for (const unit of ["```\n", "<code>\n", "export ", "import ", "(", ") ", "/* ", "type a", "\t"])
      readTsx(unit.repeat(100_000 / unit.length));
    expect(performance.now() - started).to.be.below(5000);
  });
});
