import { expect } from "chai";
import fc from "fast-check";
import { readArtifact } from "../../../env/index.js";
import { markupOf } from "../../../env/render/markup.js";
import { decodeSnapshot, type RawSnapshot, SNAPSHOT_STYLES } from "../../../env/render/snapshot.js";

/** Pieces that matter to the rules, and anything else between them. */
const answer = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: "binary" }) },
      {
        weight: 5,
        arbitrary: fc.constantFrom(
          ..."<!doctype html>|<html>|</html>|<head>|<body>|</body>|```html\n|```\n|~~~|````|<think>|</think>|<script>|</script>|<style|<!--|-->|<![CDATA[|<p|<p>|</p>|<svg>|\n|\u0000|\ud800|<textarea>|&|<title>|= \"|'>".split(
            "|",
          ),
        ),
      },
    ),
    { maxLength: 24 },
  )
  .map((pieces) => pieces.join(""));

const REASONS = ["empty", "no_html", "truncated", "too_large", "malformed"];

describe("reading an answer as HTML", () => {
  it("gives a page or a reason for every text", function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(answer, (text) => {
        const outcome = readArtifact("html", text, { maxBytes: 300 });
        if (outcome.status === "refused") {
          expect(outcome.refusal.reason).to.be.oneOf(REASONS);
          expect(outcome.refusal.message).to.match(/^[A-Z].*[.]$/s);
        } else {
          if (outcome.artifact.kind !== "html") throw new Error("It is another kind of artifact.");
          expect(Buffer.byteLength(outcome.artifact.html)).to.be.within(1, 300);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("reads a page that it gave out as that page", () => {
    fc.assert(
      fc.property(answer, (text) => {
        const outcome = readArtifact("html", text);
        if (outcome.status === "refused" || outcome.artifact.kind !== "html") return;
        const { html } = outcome.artifact;
        if (/```|~~~|<think>/.test(html)) return;
        expect(readArtifact("html", html)).to.deep.equal(outcome);
      }),
      { numRuns: 1000 },
    );
  });
});

const index = fc.integer({ min: -2, max: 12 });
const indices = fc.array(index, { maxLength: 12 });
const numbers = fc.array(fc.double(), { maxLength: 5 });

/** Shaped as a snapshot, but with indices that lead anywhere. */
const snapshot: fc.Arbitrary<RawSnapshot> = fc.record({
  strings: fc.array(fc.oneof(fc.string(), fc.constantFrom("DIV", "P", "::before", "#text", "script")), {
    maxLength: 10,
  }),
  documents: fc.array(
    fc.record({
      contentWidth: fc.nat(),
      contentHeight: fc.nat(),
      nodes: fc.record({
        // A parent comes before its children, as Chromium has it; a circle would have no root.
        parentIndex: fc
          .array(fc.nat(), { maxLength: 12 })
          .map((list) => list.map((value, i) => (i === 0 ? -1 : value % i))),
        nodeType: fc.array(fc.constantFrom(1, 3, 8, 9, 10), { maxLength: 12 }),
        nodeName: indices,
        nodeValue: indices,
        attributes: fc.array(indices, { maxLength: 12 }),
      }),
      layout: fc.record({
        nodeIndex: indices,
        styles: fc.array(indices, { maxLength: 12 }),
        bounds: fc.array(numbers, { maxLength: 12 }),
        text: indices,
        paintOrders: indices,
      }),
      textBoxes: fc.record({
        layoutIndex: indices,
        bounds: fc.array(numbers, { maxLength: 12 }),
        start: indices,
        length: indices,
      }),
    }),
    { maxLength: 2 },
  ),
});

describe("decoding a layout snapshot", () => {
  it("gives whole elements and texts, whatever came", () => {
    fc.assert(
      fc.property(snapshot, (raw) => {
        const { elements, texts } = decodeSnapshot(raw);
        for (const [i, element] of elements.entries()) {
          expect(element.index).to.equal(i);
          expect(element.parent).to.be.within(-1, elements.length - 1);
          expect(Object.keys(element.styles)).to.deep.equal([...SNAPSHOT_STYLES]);
          expect(Object.values(element.box).every((side) => typeof side === "number")).to.equal(true);
        }
        for (const { element, text } of texts) {
          expect(element).to.be.within(-1, elements.length - 1);
          expect(text.trim()).to.not.equal("");
        }
        expect(markupOf(raw)).to.be.a("string");
      }),
      { numRuns: 1000 },
    );
  });
});
