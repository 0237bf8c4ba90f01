import { byCodePoint, pythonPattern, strip } from "../../../metrics/ports/python-text.js";
import { afterImports } from "./lucide-imports.js";

const IMPORT = pythonPattern(`import\\s+\\{([^}]+)\\}\\s+from\\s+['"]recharts['"]`, "g");
const TAG = pythonPattern("<(\\w+)", "g");

/** Component names of recharts that are imported when a component uses them without doing so. */
export const RECHARTS_COMPONENTS: ReadonlySet<string> = new Set([
  ...[
    "ResponsiveContainer",
    "LineChart",
    "Line",
    "BarChart",
    "Bar",
    "AreaChart",
    "Area",
    "PieChart",
    "Pie",
    "Cell",
  ],
  ...[
    "RadarChart",
    "Radar",
    "PolarGrid",
    "PolarAngleAxis",
    "PolarRadiusAxis",
    "ScatterChart",
    "Scatter",
    "XAxis",
  ],
  ...["YAxis", "CartesianGrid", "Tooltip", "Legend", "RadialBarChart", "RadialBar", "Treemap", "Sankey"],
  ...["ComposedChart", "FunnelChart", "Funnel"],
]);

/** Adds an import line for recharts components that appear as tags without being imported. */
export function fixRechartsImports(code: string): string {
  const imported = new Set(
    [...code.matchAll(IMPORT)].flatMap(([, names = ""]) => names.split(",").map(strip)),
  );
  const used = new Set([...code.matchAll(TAG)].map(([, name = ""]) => name));
  const missing = [...used].filter((name) => RECHARTS_COMPONENTS.has(name) && !imported.has(name));
  if (missing.length === 0) return code;
  const lines = code.split("\n");
  lines.splice(
    afterImports(lines, strip),
    0,
    `import { ${missing.sort(byCodePoint).join(", ")} } from 'recharts';`,
  );
  return lines.join("\n");
}
