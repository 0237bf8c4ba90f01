import { bundle } from "../bundle.js";
import type { BuildMode, LibraryChunk } from "../libraries.js";
import { CLSX, LUCIDE, REACT, RECHARTS } from "../react-libraries.js";
import { createTailwind, type Tailwind } from "../tailwind.js";
import { REPORT_KEY } from "./prelude.js";

/** What a component may import. */
export const COMPONENT_LIBRARIES: readonly LibraryChunk[] = [REACT, RECHARTS, LUCIDE, CLSX];

/** Name of the component's file in messages. */
export const COMPONENT_FILE = "component.tsx";

const ENTRY_FILE = "entry.js";

/** Mounts the component in one go, and reports whatever it throws then or later. */
const ENTRY = `
import * as file from "./${COMPONENT_FILE}";
import { Component, createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
const report = globalThis[${JSON.stringify(REPORT_KEY)}];
const element = document.getElementById("root");
class Root extends Component {
  state = { failed: false };
  static getDerivedStateFromError() { return { failed: true }; }
  componentDidCatch(error) { report.fail(error); }
  componentDidMount() { if (!this.state.failed) report.mounted(element); }
  render() { return this.state.failed ? null : this.props.children; }
}
const root = createRoot(element);
flushSync(() => root.render(createElement(Root, null, createElement(file.default))));
`;

/** What a component is compiled from. */
export interface CompileInput {
  readonly source: string;
  readonly mode: BuildMode;
}

/** A component compiled, without the libraries it uses. */
export type CompiledComponent =
  | {
      readonly status: "ok";
      readonly script: string;
      /** Source map of `script`, as JSON; empty for one too large to be of use. */
      readonly map: string;
      readonly css: string;
      /** Names of the libraries, what is needed first. */
      readonly chunks: readonly string[];
    }
  | { readonly status: "failed"; readonly message: string };

/** Bundles a component's own code and compiles Tailwind for the classes it names. */
export async function compileComponent({ source, mode }: CompileInput): Promise<CompiledComponent> {
  const files = { [COMPONENT_FILE]: source, [ENTRY_FILE]: ENTRY };
  const options = { files, entry: ENTRY_FILE, libraries: COMPONENT_LIBRARIES, mode, sourceMap: true };
  const bundled = await bundle(options);
  if (bundled.status === "failed") return { status: "failed", message: bundled.message };
  const exportless = bundled.warnings.find(({ message }) =>
    /"default" will always be undefined/.test(message),
  );
  if (exportless)
    return {
      status: "failed",
      message: `${COMPONENT_FILE} has no default export; end it with "export default" and the component.`,
    };
  const { script, map, chunks } = bundled;
  return {
    status: "ok",
    script,
    map: map.length > LARGEST_MAP ? "" : map,
    css: await compiler().compile(source),
    chunks: chunks.map(({ name }) => name),
  };
}

/** Largest source map that is kept, in characters; a component of 100 kB has a tenth of it. */
const LARGEST_MAP = 1_000_000;

/** What a style sheet is compiled again from. */
export interface RestyleInput {
  readonly source: string;
  /** Classes that the style sheet knows besides those in the source. */
  readonly classes: readonly string[];
  /** Classes seen on the page. */
  readonly seen: readonly string[];
}

/** The style sheet with the classes of `seen` that Tailwind has rules for; null when it has nothing to add. */
export async function restyleComponent({
  source,
  classes,
  seen,
}: RestyleInput): Promise<{ readonly css: string; readonly classes: readonly string[] } | null> {
  const named = new Set([...source.split(/[\s"'`]+/), ...classes]);
  const fresh = await compiler().known(seen.filter((each) => !named.has(each)));
  if (fresh.length === 0) return null;
  const more = [...classes, ...fresh];
  return { css: await compiler().compile(`${source}\n${more.join(" ")}`), classes: more };
}

let tailwind: Tailwind | undefined;

function compiler(): Tailwind {
  tailwind ??= createTailwind();
  return tailwind;
}
