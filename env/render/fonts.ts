import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * The fonts that come with the package, as npm packages that hold TTF files. Arimo, Tinos and Cousine have the widths of
 * Arial, Times New Roman and Courier New, so text breaks where most authors saw it break. DejaVu fills in symbols.
 */
export const FONT_PACKAGES = [
  {
    package: "@expo-google-fonts/arimo",
    family: "Arimo",
    stands: ["sans-serif", "system-ui", "Arial", "Helvetica"],
  },
  { package: "@expo-google-fonts/tinos", family: "Tinos", stands: ["serif", "Times New Roman", "Times"] },
  {
    package: "@expo-google-fonts/cousine",
    family: "Cousine",
    stands: ["monospace", "Courier New", "Courier"],
  },
  { package: "dejavu-fonts-ttf", family: "DejaVu Sans", stands: [] },
] as const;

/** A fontconfig file that knows no other fonts than its own. */
export interface FontSet {
  readonly fontconfig: string;
  /** Changes whenever the fonts do. */
  readonly key: string;
}

/**
 * Writes a fontconfig file that points at the bundled fonts alone, so that text has the same metrics on every machine.
 * Undefined when a font package is not installed; the machine's own fonts are used then.
 *
 * @param resolve finds the folder of a package; default: Node's resolution.
 */
export function bundledFonts(resolve: (name: string) => string = packageFolder): FontSet | undefined {
  let folders: string[];
  try {
    folders = FONT_PACKAGES.map((font) => resolve(font.package));
  } catch {
    return undefined;
  }
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true }).map(String));
  const key = createHash("sha256")
    .update([configuration(folders, ""), ...files.filter((file) => file.endsWith(".ttf")).sort()].join("\n"))
    .digest("hex")
    .slice(0, 16);
  const home = join(tmpdir(), `webgen-fonts-${process.getuid?.() ?? 0}-${key}`);
  mkdirSync(join(home, "cache"), { recursive: true });
  const fontconfig = join(home, "fonts.conf");
  const draft = `${fontconfig}.${process.pid}`;
  writeFileSync(draft, configuration(folders, join(home, "cache")));
  renameSync(draft, fontconfig);
  return { fontconfig, key };
}

function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}

function configuration(folders: readonly string[], cache: string): string {
  const directories = folders.map((folder) => `  <dir>${escapeXml(folder)}</dir>`);
  const aliases = FONT_PACKAGES.flatMap(({ family, stands }) =>
    stands.map(
      (name: string) =>
        `  <match target="pattern"><test name="family"><string>${name}</string></test><edit name="family" mode="assign" binding="same"><string>${family}</string></edit></match>`,
    ),
  );
  // Chromium looks up `system-ui` without naming a family.
  const fallback = `  <match target="pattern"><edit name="family" mode="append_last"><string>${FONT_PACKAGES[0].family}</string></edit></match>`;
  const rendering = Object.entries({ antialias: "true", hinting: "false", autohint: "false" }).map(
    ([name, value]) =>
      `  <match target="font"><edit name="${name}" mode="assign"><bool>${value}</bool></edit></match>`,
  );
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
${[...directories, ...aliases, fallback, ...rendering].join("\n")}
  <cachedir>${escapeXml(cache)}</cachedir>
</fontconfig>
`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
