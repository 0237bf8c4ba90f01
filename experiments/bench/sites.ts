import type { RenderedPage, Renderer } from "../../env/contract/rendered-page.js";
import { createRenderer } from "../../env/index.js";
import { InfrastructureError } from "../../infra/errors.js";
import { type BenchFigure, figure, median } from "./figure.js";

export interface SitesBenchOptions {
  /** Warm visits that are measured, default 11. */
  readonly rounds?: number;
  /** Pages of the site, default 5. */
  readonly pages?: number;
}

/**
 * How long a whole site takes once warm: built, each of its addresses opened in a fresh origin, each control clicked. Every visit has a text of
 * its own, so that nothing is remembered from the one before.
 *
 * @throws InfrastructureError when not every page is found and works, or the same site gives two different pictures.
 */
export async function benchSites({ rounds = 11, pages = 5 }: SitesBenchOptions = {}): Promise<BenchFigure[]> {
  const renderer = await createRenderer();
  const milliseconds: number[] = [];
  try {
    for (let round = -1; round < rounds; round++) {
      const started = performance.now();
      await visit(renderer, siteOf(pages, `Visit ${round}`), pages);
      milliseconds.push(performance.now() - started);
    }
    const [one, other] = [siteOf(pages, "The same"), siteOf(pages, "The same")];
    const hashes = [await visit(renderer, one, pages), await visit(renderer, other, pages)];
    if ((await hashes[0]!.hash()) !== (await hashes[1]!.hash()))
      throw new InfrastructureError("The same site gave two different pictures.");
  } finally {
    await renderer.close();
  }
  const [first, ...warm] = milliseconds;
  return [
    figure(`sites: ${pages} pages, the first of a process`, first!, "ms"),
    figure(`sites: ${pages} pages, warm, median`, median(warm), "ms"),
    figure("sites: warm", (pages * 1000) / median(warm), "pages/s"),
  ];
}

type Files = Readonly<Record<string, string>>;

/** Renders a site and looks whether all of it was found and works. */
async function visit(renderer: Renderer, files: Files, pages: number): Promise<RenderedPage> {
  const outcome = await renderer.render({
    artifact: { kind: "site", files },
    viewport: { width: 1280, height: 800 },
  });
  if (outcome.status !== "rendered")
    throw new InfrastructureError(`The site of the bench did not render: ${outcome.message}`);
  const { routes = [] } = outcome.page.site ?? {};
  const alive = routes.flatMap(({ controls }) => controls).filter(({ state }) => state === "alive");
  if (routes.length !== pages || routes.some(({ page }) => page === undefined) || alive.length < pages)
    throw new InfrastructureError(
      `Of the bench's site ${routes.length} of ${pages} pages were found, and ${alive.length} of their ${pages} buttons work.`,
    );
  return outcome.page;
}

/** A site of some pages, each with a menu of all of them, a list, and a button that counts. */
export function siteOf(pages: number, text: string): Files {
  const numbers = Array.from({ length: pages }, (_, i) => i);
  const path = (page: number) => (page === 0 ? "/" : `/page-${page}`);
  return {
    "src/App.tsx": `import { BrowserRouter, Link, Route, Routes } from "react-router-dom";
${numbers.map((page) => `import Page${page} from "./pages/Page${page}";`).join("\n")}

export default function App() {
  return (
    <BrowserRouter>
      <nav className="flex gap-4 border-b bg-white p-4">
        ${numbers.map((page) => `<Link className="text-sky-800 underline" to="${path(page)}">Page ${page}</Link>`).join("\n        ")}
      </nav>
      <Routes>
        ${numbers.map((page) => `<Route path="${path(page)}" element={<Page${page} />} />`).join("\n        ")}
      </Routes>
    </BrowserRouter>
  );
}
`,
    ...Object.fromEntries(numbers.map((page) => [`src/pages/Page${page}.tsx`, pageOf(page, text)])),
  };
}

const pageOf = (page: number, text: string) => `import { Wheat } from "lucide-react";
import { useState } from "react";

export default function Page${page}() {
  const [count, setCount] = useState(0);
  return (
    <main className="mx-auto max-w-4xl space-y-4 p-6">
      <h1 className="flex items-center gap-2 text-3xl font-bold"><Wheat className="h-6 w-6" /> ${text}, page ${page}</h1>
      <ul className="grid grid-cols-3 gap-4">
        {["Rye", "Wheat", "Spelt"].map((grain) => (
          <li key={grain} className="rounded-lg bg-amber-50 p-4 shadow">{grain} ${page}</li>
        ))}
      </ul>
      <button className="rounded-lg bg-amber-800 px-4 py-2 text-white" onClick={() => setCount(count + 1)}>
        Loaves of page ${page}: {count}
      </button>
    </main>
  );
}
`;
