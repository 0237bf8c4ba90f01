import { expect } from "chai";
import { soakAnswers } from "./corpora.js";
import { mixedSoak } from "./mixed.js";

describe("the mixed soak", function () {
  this.timeout(900_000);

  it("draws from all corpora", () => {
    const counts = new Map<string, number>();
    for (const { corpus } of soakAnswers()) counts.set(corpus, (counts.get(corpus) ?? 0) + 1);
    expect(counts.get("pages")).to.be.at.least(190);
    for (const corpus of ["components", "sites", "texts"])
      expect(counts.get(corpus), corpus).to.be.at.least(60);
  });

  it("loses no render, though browsers are killed, and ordinary pages look the same each time", async () => {
    const ordinary = soakAnswers().filter(({ corpus }) => corpus === "ordinary");
    const [first, second] = ordinary;
    const quick = soakAnswers().filter(({ name }) =>
      ["alert.html", "reload-loop.html", "a bare variable"].includes(name),
    );
    const { lost, changed, kills, retries, outcomes } = await mixedSoak({
      answers: [first!, second!, ...quick],
      renders: 20,
      killEvery: 5,
      deadline: 20_000,
    });
    expect(lost).to.deep.equal([]);
    expect(changed).to.deep.equal([]);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).to.equal(20);
    if (process.platform !== "linux") return;
    expect(kills).to.be.at.least(2);
    expect(retries).to.be.at.least(1);
  });
});
