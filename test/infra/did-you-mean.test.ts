import { expect } from "chai";
import fc from "fast-check";
import { didYouMean, editDistance } from "../../infra/did-you-mean.js";

describe("suggestions for unknown names", () => {
  it("measure the distance of two words as Levenshtein did, and take a swap of neighbours for one slip", () => {
    // Worked examples of https://en.wikipedia.org/wiki/Levenshtein_distance and of the Wagner-Fischer algorithm.
    const known: [string, string, number][] = [
      ["kitten", "sitting", 3],
      ["saturday", "sunday", 3],
      ["uninformed", "uniformed", 1],
      ["flaw", "lawn", 2],
      ["", "abc", 3],
      ["abc", "", 3],
      ["", "", 0],
      ["intention", "execution", 5],
      ["gpro", "grpo", 1],
      ["recieve", "receive", 1],
      ["ca", "abc", 3],
    ];
    for (const [a, b, distance] of known) expect(editDistance(a, b), `${a} ${b}`).to.equal(distance);
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b)).to.equal(editDistance(b, a));
        expect(editDistance(a, b) === 0).to.equal(a === b);
        // A swap is at most two of Levenshtein's edits, whose distance keeps to the triangle inequality.
        expect(editDistance(a, c)).to.be.at.most(2 * (editDistance(a, b) + editDistance(b, c)));
      }),
    );
  });

  it("name the closest, whatever its case, or all when none is close", () => {
    expect(didYouMean("webgen/Page-v0", ["other/Sites-v0", "webgen/Pages-v0"])).to.equal(
      ' Did you mean "webgen/Pages-v0"?',
    );
    expect(didYouMean("CONTRAST", ["palette", "contrast"])).to.equal(' Did you mean "contrast"?');
    expect(didYouMean("xyz", ["contrast", "palette"])).to.equal(' Known: "contrast", "palette".');
    expect(didYouMean("x", [])).to.equal(" None is registered.");
  });

  it("allow two slips, or one in three letters of a longer name, and prefer the first by alphabet", () => {
    expect(didYouMean("ab", ["abcd"])).to.match(/Did you mean/);
    expect(didYouMean("ab", ["abcde"])).to.match(/Known/);
    expect(didYouMean("abcdefghi", ["abcdefxyz"])).to.match(/Did you mean/);
    expect(didYouMean("abcdefghi", ["abcdewxyz"])).to.match(/Known/);
    for (const known of [
      ["cat", "bat", "hat"],
      ["hat", "cat", "bat"],
      ["bat", "hat", "cat"],
    ])
      expect(didYouMean("mat", known)).to.equal(' Did you mean "bat"?');
  });
});
