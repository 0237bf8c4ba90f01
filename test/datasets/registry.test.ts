import { expect } from "chai";
import { datasetSpec, getDataset, listDatasets, registerDataset } from "../../datasets/registry.js";
import type { TaskSource } from "../../env/contract/task.js";
import { PluginError, UsageError } from "../../infra/errors.js";

const source = (name: string): TaskSource => ({
  name,
  size: () => 1,
  at: () => ({ id: "a", kind: "html", prompt: "p", viewport: { width: 1, height: 1 }, meta: {} }),
  byId: () => undefined,
});
const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("It was accepted.");
};

describe("data sets by name", () => {
  it("are specs as they are, or task sources that take no options", () => {
    const spec = { name: "own/Spec-v1.0", description: "Mine.", open: () => source("x") };
    expect(datasetSpec(spec)).to.equal(spec);
    const tasks = source("own_tasks");
    const { name, description, open } = datasetSpec(tasks);
    expect([name, description]).to.deep.equal(["own_tasks", "Tasks as they are."]);
    expect(open({})).to.equal(tasks);
    const refused = refusal(() => open({ levels: [1], size: 2 }));
    expect(refused).to.be.instanceOf(UsageError);
    expect(refused.message).to.equal('Data set "own_tasks" takes no options, but was given levels, size.');
  });

  it("need a name and a shape", () => {
    for (const name of ["", "1a", "a b", "a!", "-a", 3, undefined]) {
      const refused = refusal(() => datasetSpec({ ...source("x"), name: name as string }));
      expect(refused, String(name)).to.be.instanceOf(PluginError);
      expect(refused.message).to.equal(
        `A data set's name should start with a letter and hold letters, digits, _ . / or -, but it is ${JSON.stringify(name)}.`,
      );
    }
    for (const name of ["a", "A1_./-z"]) expect(datasetSpec(source(name)).name).to.equal(name);
    for (const missing of ["size", "at", "byId"]) {
      const refused = refusal(() => datasetSpec({ ...source("x"), [missing]: undefined }));
      expect(refused, missing).to.be.instanceOf(PluginError);
      expect(refused.message).to.equal(
        'Data set "x" should have the method open, or be a task source with size, at and byId.',
      );
    }
  });

  it("are registered once, found by name, and listed by it", () => {
    registerDataset(source("zz-second"));
    registerDataset(source("zz-first"));
    const taken = refusal(() => registerDataset(source("zz-first")));
    expect(taken).to.be.instanceOf(UsageError);
    expect(taken.message).to.equal('A data set named "zz-first" is registered already; choose another name.');
    expect(getDataset("zz-second").name).to.equal("zz-second");
    expect(listDatasets().flatMap(({ name }) => (name.startsWith("zz-") ? [name] : []))).to.deep.equal([
      "zz-first",
      "zz-second",
    ]);
    const unknown = refusal(() => getDataset("zz-secnd"));
    expect(unknown).to.be.instanceOf(UsageError);
    expect(unknown.message).to.equal('There is no data set "zz-secnd". Did you mean "zz-second"?');
  });
});
