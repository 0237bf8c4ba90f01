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

  it("knows how a line of code may begin, and how one may end", () => {
    const starts = [
      'import React from "react";',
      "import 'x.css';",
      'import "x.css";',
      "import { a } from './a'",
      "import {",
      "export default function A() {}",
      "export const a = 1;",
      "export function a() {}",
      "export class A {}",
      "export type A = 1;",
      "export interface A {}",
      "'use client'",
      '"use client"',
      "function A() {}",
      "async function A() {}",
      "function A<T>() {}",
      "const a = 1;",
      "const [a] = b;",
      "const {a} = b;",
      "let a = 1;",
      "let [a] = b;",
      "class A {}",
      "type A = 1;",
      "interface A {}",
      "// note",
      "/* note */",
    ];
    for (const start of starts) {
      const source = `${start}\nexport default A;`;
      expect(sourceOf(`Words first.\n${source}\nWords last.`), start).to.equal(source);
      expect(sourceOf(`Words.\n\`\`\`\n${source}\n\`\`\``), start).to.equal(source);
      expect(sourceOf(`Words.\n  \t${source}`), start).to.equal(source);
    }
    for (const prose of [
      "important: export it",
      "functional code",
      "constant",
      "classes",
      "typed",
      "letters",
      "interfaces",
    ])
      expect(reasonOf(`${prose} and\nno more`), prose).to.equal("no_component");
    for (const end of ["a;", "}", "a)", "[1]", "<p>", "a */", "export default A", "}; \t"])
      expect(sourceOf(`const a = 1;\nexport default A;\n${end}\nWords last.`), end).to.equal(
        `const a = 1;\nexport default A;\n${end}`.trim(),
      );
    expect(sourceOf("export default A;\nexport default A.b\nWords")).to.equal("export default A;");
  });

  it("knows how a default export may be written", () => {
    for (const way of [
      "export default A;",
      "export  default\nA;",
      "export { A as default };",
      "export { default } from './A';",
      "export {default};",
    ])
      expect(sourceOf(`\`\`\`tsx\nconst A = 1;\n${way}\n\`\`\``), way).to.equal(`const A = 1;\n${way}`);
    for (const way of [
      "export defaults;",
      "exported default A;",
      "export { defaults };",
      "a.default;",
      "has default",
    ])
      expect(reasonOf(`\`\`\`tsx\nconst A = 1;\n${way}\n\`\`\``), way).to.equal("no_component");
  });

  it("takes blocks tagged as code, and others only if they read like it", () => {
    const block = (tag: string, body: string) => `\`\`\`${tag}\n${body}\n\`\`\``;
    for (const tag of ["ts", "js", "mjs", "typescriptreact"])
      expect(sourceOf(block(tag, "x; export default A;")), tag).to.equal("x; export default A;");
    expect(reasonOf(block("css", "a { b: c }\n.x {}"))).to.equal("no_component");
    expect(reasonOf(block("", "words, and export default A;"))).to.equal("no_component");
    expect(sourceOf(`${block("json", "{}")}\n${block("", "export default A;")}`)).to.equal(
      "export default A;",
    );
  });

  it("takes blocks in code tags that hold code or a fence, the last one perhaps open", () => {
    const code = "export default A;";
    expect(sourceOf(`<code>no words</code>\n<code>${code}</code>`)).to.equal(code);
    expect(sourceOf(`  <CODE>\n${code}</code>`)).to.equal(code);
    expect(sourceOf(`a <code>const b = 1;</code>\n\`\`\`tsx\n${code}\n\`\`\``)).to.equal(code);
    expect(sourceOf(`<code>const b = 1;\n</code>\n<code>\n~~~tsx\n${code}\n~~~\n</code>`)).to.equal(code);
    expect(sourceOf(`<code>\n\`\`\`tsx\n${code}\n</code>`)).to.equal(code);
    expect(reasonOf(`<code>\n\`\`\`tsx\n${code}\n\`\`\`\n<p`)).to.equal(null);
    expect(reasonOf("<code>\nconst a = (")).to.equal("truncated");
  });

  it("says what is wrong", () => {
    const said = (text: string, maxBytes?: number) => {
      const outcome = readTsx(text, maxBytes === undefined ? {} : { maxBytes });
      return outcome.status === "refused" ? outcome.refusal.message : "ok";
    };
    expect(said("")).to.equal("The answer is empty; a React component was expected.");
    expect(said("<think>")).to.equal("The answer stops inside its <think> block.");
    expect(said("```tsx\n\n```")).to.equal("The answer holds an empty code block.");
    expect(said("words")).to.equal(
      "The answer holds no React component: no code block, and nothing that reads like code.",
    );
    expect(said("```tsx\nconst a = [")).to.equal(
      "The answer stops inside its code block, in the middle of the component.",
    );
    expect(said("```tsx\nconst a = 1;")).to.equal(
      "The answer stops inside its code block, before the default export.",
    );
    expect(said("const a = 1;")).to.equal(
      'The code has no default export; write the component as "export default function Widget() { ... }".',
    );
    expect(said('export default "é";', 19)).to.equal("The component has 20 bytes; at most 19 are accepted.");
    expect(said('export default "é";', 20)).to.equal("ok");
    expect(said(`<think>a</think> \n <think>b`)).to.equal("The answer stops inside its <think> block.");
    expect(sourceOf(" <Think>a</Think>export default 1;")).to.equal("export default 1;");
  });
});
