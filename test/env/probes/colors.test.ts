import { expect } from "chai";
import type { ColorName } from "../../../env/contract/probe.js";
import { SHADES } from "../../fixtures/shades.js";
import { scoreOf, scoresOf } from "./probe-html.js";

const NAMES = Object.keys(SHADES) as ColorName[];
const button = (background: string) =>
  `<button style="border:0;color:#fff;background:${background}">Order now</button>`;
const named = (name: ColorName) => ({
  kind: "color" as const,
  query: { role: "button" },
  of: "background" as const,
  named: name,
});

describe("names of colours", function () {
  this.timeout(30_000);

  for (const name of NAMES) {
    it(`knows ${name} as people do, and no other name for it`, async () => {
      const wrong: string[] = [];
      for (const entry of SHADES[name]!) {
        const [shade = "", ...also] = entry.split("/");
        const scores = await scoresOf(button(shade), NAMES.map(named));
        for (const [index, each] of NAMES.entries()) {
          const score = scores[index]!;
          if (each === name && score < 0.95) wrong.push(`${shade} is ${name}, but scores ${score}`);
          if (each !== name && !also.includes(each) && score > 0.4)
            wrong.push(`${shade} is not ${each}, but scores ${score}`);
        }
      }
      expect(wrong).to.deep.equal([]);
    });
  }

  it("have ten shades and more each", () => {
    for (const name of NAMES) expect(SHADES[name]!.length, name).to.be.at.least(10);
    expect(NAMES).to.have.lengthOf(12);
  });

  it("are those of any colour of a gradient", async () => {
    expect(await scoreOf(button("linear-gradient(90deg,#f97316,#db2777)"), named("orange"))).to.equal(1);
    expect(await scoreOf(button("linear-gradient(90deg,#16a34a,#15803d)"), named("orange"))).to.equal(0);
  });

  it("are read in any colour space", async () => {
    expect(await scoreOf(button("oklch(0.6 0.118 184.7)"), named("teal"))).to.equal(1);
    expect(await scoreOf(button("hsl(24 95% 53%)"), named("orange"))).to.equal(1);
  });
});
