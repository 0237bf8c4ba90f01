import { expect } from "chai";
import { readArtifact } from "../../env/artifact/index.js";
import type { Task } from "../../env/contract/task.js";
import { referenceAnswer } from "../../env/reference.js";

const task = (kind: Task["kind"], reference?: Task["reference"]): Task => ({
  id: "x",
  kind,
  prompt: "A page",
  viewport: { width: 800, height: 600 },
  meta: {},
  ...(reference ? { reference } : {}),
});

describe("the answer a reference would be", () => {
  it("is its source, in the form of its kind", () => {
    const both = { html: "<p>x", tsx: "export default () => null" };
    expect(referenceAnswer(task("html", both))).to.equal(both.html);
    expect(referenceAnswer(task("tsx", both))).to.equal(both.tsx);
    expect(referenceAnswer(task("site", both))).to.equal(undefined);
    expect(referenceAnswer(task("html"))).to.equal(undefined);
  });

  it("is a manifest for a site", () => {
    const files = { "src/App.tsx": "app", "src/pages/Home.tsx": "home" };
    const outcome = readArtifact("site", referenceAnswer(task("site", { files })) ?? "");
    expect(
      outcome.status === "ok" && outcome.artifact.kind === "site" && outcome.artifact.files,
    ).to.deep.equal(files);
  });
});
