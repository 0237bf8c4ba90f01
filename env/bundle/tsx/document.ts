import { build } from "../builder.js";
import { type BuildMode, buildChunk } from "../libraries.js";
import {
  COMPONENT_LIBRARIES,
  type CompiledComponent,
  type CompileInput,
  type RestyleInput,
  type restyleComponent,
} from "./compile.js";
import { preludeScript, REPORT_KEY, SCRIPT_NAME } from "./prelude.js";

export type ComponentBuild =
  | { readonly status: "ok"; readonly page: ComponentPage }
  | { readonly status: "failed"; readonly message: string };

/** A component as a page that needs nothing else. */
export interface ComponentPage {
  readonly html: string;
  /** Source map of the component's script, as JSON. */
  readonly map: string;
  /** The same page with a style sheet that knows these classes, too; null when Tailwind has nothing to add for them. */
  withClasses(classes: Iterable<string>): Promise<ComponentBuild | null>;
}

const REPORT = `globalThis[${JSON.stringify(REPORT_KEY)}]`;

/**
 * Turns a React component into a page: bundles it, compiles Tailwind for the classes it names, and puts both together with
 * the libraries it uses. The component is read in a worker process alone, under a deadline; one that overruns it fails.
 * Takes a second the first time and a few tens of milliseconds after that.
 *
 * @example
 * const build = await buildComponent("export default () => <p className='p-4'>Hello</p>");
 * if (build.status === "ok") await renderer.render({ artifact: { kind: "html", html: build.page.html }, viewport });
 */
export async function buildComponent(
  source: string,
  mode: BuildMode = "production",
): Promise<ComponentBuild> {
  const compiled = await build<CompileInput, CompiledComponent>("component", { source, mode });
  if (compiled.status === "failed") return compiled;
  const { script, map, chunks } = compiled;
  const used = COMPONENT_LIBRARIES.filter(({ name }) => chunks.includes(name));
  const built = await Promise.all(used.map((chunk) => buildChunk(chunk, mode)));
  const scripts = built.map((chunk) => chunk.script);
  const page = (css: string, classes: readonly string[]): ComponentPage => ({
    html: documentOf({ css, scripts, script }),
    map,
    async withClasses(more) {
      const input: RestyleInput = { source, classes, seen: [...more] };
      const restyled = await build<RestyleInput, Restyled>("restyle", input);
      if (restyled === null) return null;
      return "status" in restyled ? restyled : { status: "ok", page: page(restyled.css, restyled.classes) };
    },
  });
  return { status: "ok", page: page(compiled.css, []) };
}

type Restyled = Awaited<ReturnType<typeof restyleComponent>>;

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
