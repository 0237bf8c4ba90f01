import { type DatasetSpec, datasetSpec, getDataset } from "../../datasets/registry.js";
import type { TaskSource } from "../../env/contract/task.js";
import { exportOf } from "./module.js";

/** The data set of a name, or of `module.js#export`. Throws a UsageError with the closest known name. */
export async function chooseDataset(text: string): Promise<DatasetSpec> {
  const exported = await exportOf(text);
  return exported === undefined
    ? getDataset(text)
    : datasetSpec((exported ?? {}) as DatasetSpec | TaskSource);
}
