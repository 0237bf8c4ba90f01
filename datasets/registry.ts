import type { TaskSource } from "../env/contract/task.js";
import { didYouMean } from "../infra/did-you-mean.js";
import { PluginError, UsageError } from "../infra/errors.js";

/** A data set that can be called by name. */
export interface DatasetSpec {
  /** Letters, digits, `_ . / -`, a letter first. */
  readonly name: string;
  /** One sentence, shown by `webgen list datasets`. */
  readonly description: string;
  /** Opens it. Throws a UsageError for options it does not know. */
  open(options: Readonly<Record<string, unknown>>): TaskSource | Promise<TaskSource>;
}

const registry = new Map<string, DatasetSpec>();

/**
 * Makes a data set available by name, to `--dataset` and to recipes. Takes a spec, or a task source as it is. Throws a
 * PluginError for a wrong shape and a UsageError for a name that is taken.
 *
 * @example
 * registerDataset({ name: "mine", description: "My tasks.", open: () => pagesTaskSource({ levels: [1] }) });
 */
export function registerDataset(dataset: DatasetSpec | TaskSource): void {
  const spec = datasetSpec(dataset);
  if (registry.has(spec.name))
    throw new UsageError(`A data set named "${spec.name}" is registered already; choose another name.`);
  registry.set(spec.name, spec);
}

/** Data set spec from a spec or a task source, checked. Throws a PluginError that says what is wrong. */
export function datasetSpec(dataset: DatasetSpec | TaskSource): DatasetSpec {
  const { name, open, size, at, byId } = dataset as Partial<DatasetSpec & TaskSource>;
  if (typeof name !== "string" || !/^[A-Za-z][\w./-]*$/.test(name))
    throw new PluginError(
      `A data set's name should start with a letter and hold letters, digits, _ . / or -, but it is ${JSON.stringify(name)}.`,
    );
  if (typeof open === "function") return dataset as DatasetSpec;
  if ([size, at, byId].some((method) => typeof method !== "function"))
    throw new PluginError(
      `Data set "${name}" should have the method open, or be a task source with size, at and byId.`,
    );
  return {
    name,
    description: "Tasks as they are.",
    open: (options) => fixed(dataset as TaskSource, options),
  };
}

function fixed(source: TaskSource, options: Readonly<Record<string, unknown>>): TaskSource {
  const names = Object.keys(options);
  if (names.length === 0) return source;
  throw new UsageError(`Data set "${source.name}" takes no options, but was given ${names.join(", ")}.`);
}

/** The data set of this name. Throws a UsageError with a suggestion when there is none. */
export function getDataset(name: string): DatasetSpec {
  const spec = registry.get(name);
  if (spec) return spec;
  throw new UsageError(`There is no data set "${name}".${didYouMean(name, [...registry.keys()])}`);
}

/** All registered data sets, by name. */
export function listDatasets(): DatasetSpec[] {
  return [...registry.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
