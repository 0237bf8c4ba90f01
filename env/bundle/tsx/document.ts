import { bundle } from "../bundle.js";
import { type BuildMode, buildChunk, type LibraryChunk } from "../libraries.js";
import { CLSX, LUCIDE, REACT, RECHARTS } from "../react-libraries.js";
import { createTailwind, type Tailwind } from "../tailwind.js";
import { preludeScript, REPORT_KEY, SCRIPT_NAME } from "./prelude.js";

/** What a component may import. */
export const COMPONENT_LIBRARIES: readonly LibraryChunk[] = [REACT, RECHARTS, LUCIDE, CLSX];

/** Name of the component's file in messages. */
export const COMPONENT_FILE = "component.tsx";

export type ComponentBuild =
  | { readonly status: "ok"; readonly page: ComponentPage }
  | { readonly status: "failed"; readonly message: string };

/** A component as a page that needs nothing else. */
export interface ComponentPage {
  readonly html: string;
  /** Source map of the component's script, as JSON. */
  readonly map: string;
  /** The same page with a style sheet that knows these classes, too; null when Tailwind has nothing to add for them. */
  withClasses(classes: Iterable<string>): Promise<ComponentPage | null>;
}

const ENTRY_FILE = "entry.js";
const REPORT = `globalThis[${JSON.stringify(REPORT_KEY)}]`;

/** Mounts the component in one go, and reports whatever it throws then or later. */
const ENTRY = `
import * as file from "./${COMPONENT_FILE}";
import { Component, createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
const report = ${REPORT};
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

let tailwind: Tailwind | undefined;

/**
 * Turns a React component into a page: bundles it, compiles Tailwind for the classes it names, and puts both together with
 * the libraries it uses. Takes some hundred milliseconds the first time and a few tens after that.
 *
 * @example
 * const build = await buildComponent("export default () => <p className='p-4'>Hello</p>");
 * if (build.status === "ok") await renderer.render({ artifact: { kind: "html", html: build.page.html }, viewport });
 */
export async function buildComponent(
  source: string,
  mode: BuildMode = "production",
): Promise<ComponentBuild> {
  const files = { [COMPONENT_FILE]: source, [ENTRY_FILE]: ENTRY };
  const bundled = await bundle({ files, entry: ENTRY_FILE, libraries: COMPONENT_LIBRARIES, mode });
  if (bundled.status === "failed") return bundled;
  const exportless = bundled.warnings.find(({ message }) =>
    /"default" will always be undefined/.test(message),
  );
  if (exportless)
    return {
      status: "failed",
      message: `${COMPONENT_FILE} has no default export; end it with "export default" and the component.`,
    };
  const { script, map, chunks } = bundled;
  const built = await Promise.all(chunks.map((chunk) => buildChunk(chunk, mode)));
  const scripts = built.map((chunk) => chunk.script);
  const page = async (classes: string): Promise<ComponentPage> => {
    tailwind ??= createTailwind();
    const compiler = tailwind;
    const css = await compiler.compile(`${source}\n${classes}`);
    const named = new Set(`${source} ${classes}`.split(/[\s"'`]+/));
    return {
      html: documentOf({ css, scripts, script }),
      map,
      async withClasses(more) {
        const fresh = await compiler.known([...more].filter((each) => !named.has(each)));
        return fresh.length > 0 ? page(`${classes} ${fresh.join(" ")}`) : null;
      },
    };
  };
  return { status: "ok", page: await page("") };
}

interface DocumentParts {
  readonly css: string;
  readonly scripts: readonly string[];
  readonly script: string;
}

function documentOf({ css, scripts, script }: DocumentParts): string {
  const component = `try{\n${script}}catch(error){${REPORT}.fail(error)}\n//# sourceURL=${SCRIPT_NAME}`;
  const elements = [preludeScript(), ...scripts].map(scriptElement).join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title></title><style>${css.replaceAll("</", "<\\/")}
body{margin:0;padding:0}</style></head><body><div id="root"></div>${elements}<script>document.currentScript.remove();\n${harmless(component)}</script></body></html>`;
}

/** A script that leaves nothing of itself in the document, so that what is read there is the component's alone. */
const scriptElement = (code: string) => `<script>document.currentScript.remove();${harmless(code)}</script>`;

/** Keeps HTML's reader from seeing an end or a comment in a script; in JavaScript the text stays what it was. */
const harmless = (code: string) => code.replaceAll("<!--", "\\x3C!--").replace(/<\/(?=script)/gi, "\\x3C/");
