import { expect } from "chai";
import { inverseFrequencies } from "../../../../agents/policy/ops/rope.js";

describe("the frequencies of rotary positions", () => {
  it("fall from 1 by the base", () => {
    // 10000^(-2i/8) for a head of 8: every step is a tenth.
    const plain = inverseFrequencies(8, { theta: 10_000 });
    expect(plain).to.have.length(4);
    [1, 0.1, 0.01, 0.001].forEach((expected, i) => {
      expect(plain[i]).to.be.closeTo(expected, 1e-12);
    });
  });

  it("are scaled by wavelength as Llama 3.1's are", () => {
    const [theta, size, factor, low, high, reach] = [100, 16, 8, 1, 4, 64];
    const scaled = inverseFrequencies(size, {
      theta,
      scaling: { factor, lowFrequencyFactor: low, highFrequencyFactor: high, originalMaxPositions: reach },
    });
    // By branches, as `_compute_llama3_parameters` of transformers has it: two stay, three are blended, three stretched.
    const kinds = { kept: 0, blended: 0, stretched: 0 };
    scaled.forEach((frequency, i) => {
      const plain = 1 / theta ** ((2 * i) / size);
      const wavelength = (2 * Math.PI) / plain;
      let expected: number;
      if (wavelength < reach / high) {
        expected = plain;
        kinds.kept++;
      } else if (wavelength > reach / low) {
        expected = plain / factor;
        kinds.stretched++;
      } else {
        const smooth = (reach / wavelength - low) / (high - low);
        expected = ((1 - smooth) * plain) / factor + smooth * plain;
        kinds.blended++;
      }
      expect(frequency, `pair ${i}`).to.be.closeTo(expected, 1e-12);
    });
    expect(kinds).to.deep.equal({ kept: 2, blended: 3, stretched: 3 });
  });
});
