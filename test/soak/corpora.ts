import { readdirSync, readFileSync } from "node:fs";
import { readApart } from "../../env/artifact/index.js";
import type { Artifact } from "../../env/contract/artifact.js";
import { documentsOf } from "../../experiments/bench/render.js";
import { hostileComponents } from "../fixtures/hostile-answers/components.js";
import { hostileSites } from "../fixtures/hostile-answers/sites.js";
import { hostileTexts } from "../fixtures/hostile-answers/texts.js";

/** An answer of a soak. */
export interface SoakAnswer {
  readonly name: string;
  readonly corpus: "pages" | "components" | "sites" | "texts" | "ordinary";
  /** What is to be rendered; undefined for a text in which there is no page. */
  artifact(): Promise<Artifact | undefined>;
}

const FOLDER = "test/fixtures/hostile";
/** Where nobody listens, in place of the server that hostile pages are given in their own test. */
const NOBODY = "http://127.0.0.1:9";
/** Characters of a hostile text. */
const LENGTH = 200_000;
const ORDINARY = 40;

/** All hostile answers there are, and ordinary ones. To be read in a checkout. */
export function soakAnswers(): SoakAnswer[] {
  const pages = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".html"))
    .map((name) => {
      const html = readFileSync(`${FOLDER}/${name}`, "utf8").replaceAll("{{SERVER}}", NOBODY);
      return answer("pages", name, { kind: "html", html });
    });
  const components = hostileComponents.map(({ name, text }) =>
    answer("components", name, { kind: "tsx", source: text }),
  );
  const sites = hostileSites.map(({ name, text }) => answer("sites", name, { kind: "site", files: text }));
  const texts = hostileTexts.map(({ name, kind, before = "", unit, after = "" }): SoakAnswer => {
    const text = before + unit.repeat(Math.ceil(LENGTH / unit.length)) + after;
    return {
      name,
      corpus: "texts",
      async artifact() {
        const read = await readApart(kind, text);
        return read.status === "ok" ? read.artifact : undefined;
      },
    };
  });
  const ordinary = documentsOf(ORDINARY).map((html, i) =>
    answer("ordinary", `page ${i}`, { kind: "html", html }),
  );
  return [...pages, ...components, ...sites, ...texts, ...ordinary];
}

function answer(corpus: SoakAnswer["corpus"], name: string, artifact: Artifact): SoakAnswer {
  return { name, corpus, artifact: async () => artifact };
}
