import { readFileSync } from "node:fs";
import { expect } from "chai";
import { sequenceRatio } from "../../../../rewards/metrics/ports/difflib.js";
import { unescapeHtml } from "../../../../rewards/metrics/ports/entities.js";
import { type MarkupHandler, MarkupRejected } from "../../../../rewards/metrics/ports/markup-handler.js";
import {
  mersenneTwister,
  pythonSample,
  pythonShuffle,
} from "../../../../rewards/metrics/ports/mersenne-twister.js";
import { parsePythonHtml } from "../../../../rewards/metrics/ports/python-html.js";
import { strip } from "../../../../rewards/metrics/ports/python-text.js";

interface Case {
  readonly kind: string;
  readonly given: unknown;
  readonly expected: unknown;
}

/** Computed by Python's standard library, see python-values.py beside the file. */
const CASES = readFileSync("test/fixtures/ports/python-values.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

/** Events as the fixture lists them; null where the parser refuses the text. */
function eventsOf(text: string): unknown {
  const events: unknown[] = [];
  const handler: MarkupHandler = {
    startTag: (name, attributes) => events.push(["start", name, attributes]),
    startEndTag: (name, attributes) => events.push(["startend", name, attributes]),
    endTag: (name) => events.push(["end", name]),
    data: (data) => events.push(["data", data]),
    characterReference: (name) => events.push(["charref", name]),
    entityReference: (name) => events.push(["entityref", name]),
    comment: (data) => events.push(["comment", data]),
    declaration: (data) => events.push(["decl", data]),
    unknownDeclaration: (data) => events.push(["unknown", data]),
    processingInstruction: (data) => events.push(["pi", data]),
  };
  try {
    parsePythonHtml(text, handler);
  } catch (error) {
    if (error instanceof MarkupRejected) return null;
    throw error;
  }
  return events;
}

const PORTS: Readonly<Record<string, (given: never) => unknown>> = {
  "html.parser": eventsOf,
  difflib: ([a, b, autojunk]: [string, string, boolean]) => sequenceRatio(a, b, { autojunk }),
  random: (seed: number) => {
    const twister = mersenneTwister(seed, "cpython");
    return Array.from({ length: 5 }, () => twister.double());
  },
  sample: ([seed, n, k]: [number, number, number]) => pythonSample(n, k, mersenneTwister(seed, "cpython")),
  shuffle: ([seed, n]: [number, number]) =>
    pythonShuffle([...Array(n).keys()], mersenneTwister(seed, "cpython")),
  thousandth: (seed: number) => {
    const twister = mersenneTwister(seed, "cpython");
    return Array.from({ length: 1000 }, () => twister.double()).at(-1);
  },
  unescape: unescapeHtml,
  spaces: () =>
    Array.from({ length: 0x10000 }, (_, code) => code).filter(
      (code) => strip(String.fromCharCode(code)) === "",
    ),
  strip,
};

describe("ports of Python's standard library", () => {
  for (const [kind, port] of Object.entries(PORTS))
    it(`give its values: ${kind}`, () => {
      const own = CASES.filter((each) => each.kind === kind);
      expect(own).to.have.lengthOf.at.least(1);
      for (const { given, expected } of own)
        expect(port(given as never), JSON.stringify(given)).to.deep.equal(expected);
    });

  it("have no case without a port", () => {
    expect(CASES.filter(({ kind }) => !PORTS[kind])).to.deep.equal([]);
  });
});
