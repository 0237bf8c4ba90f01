import type { JobModule } from "../sandbox/index.js";
import { iconTable } from "./icons.js";
import { libraryExports } from "./libraries.js";
import { compileSite } from "./site/compile.js";
import { SITE_LIBRARIES } from "./site/packages.js";
import { COMPONENT_LIBRARIES, compileComponent, restyleComponent } from "./tsx/compile.js";

/** What is done with answers in worker processes. */
export const jobs: JobModule["jobs"] = {
  component: compileComponent,
  restyle: restyleComponent,
  site: compileSite,
};

const SAMPLE = `import { Star } from "lucide-react";
import { lazy } from "react";
const Page = lazy(() => import("react"));
export default () => <p className="mt-4 hover:p-2 md:flex bg-[#123456]"><Star /><Page /></p>;`;

/** Loads all that the jobs load as they go: libraries' names, icons, and by a build of each kind everything else. */
export async function prepare(): Promise<void> {
  await iconTable();
  const names = [...COMPONENT_LIBRARIES, ...SITE_LIBRARIES].flatMap(({ modules }) => modules);
  await Promise.all(names.map(libraryExports));
  await compileComponent({ source: SAMPLE, mode: "production" });
  await compileComponent({ source: "export default <", mode: "production" });
  await restyleComponent({ source: SAMPLE, classes: [], seen: ["p-4"] });
  const styles = "@tailwind base;\n@layer components { .a { @apply p-4; color: theme(colors.red.500) } }";
  await compileSite({
    artifact: { kind: "site", files: { "src/App.tsx": SAMPLE, "src/index.css": styles } },
    mode: "production",
  });
}
