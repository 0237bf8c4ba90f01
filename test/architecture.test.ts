import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

/** What each room may import besides itself. Arrows point down only. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  infra: [],
  env: ["infra"],
  rewards: ["env", "infra"],
  datasets: ["env", "infra"],
  agents: ["env", "infra"],
  "catalog.ts": ["datasets", "env", "rewards"],
  "index.ts": ["catalog.ts", "agents", "datasets", "env", "infra", "rewards"],
  experiments: ["index.ts", "agents", "datasets", "env", "infra", "rewards"],
};

const root = fileURLToPath(new URL("../../", import.meta.url));

function sources(room: string): string[] {
  if (room.endsWith(".ts")) return [room];
  return readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(room, path));
}

function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, target]) =>
    normalize(join(dirname(path), (target as string).replace(/\.js$/, ".ts"))),
  );
}

const roomOf = (path: string) => path.split("/", 1)[0] as string;

/** The two neighbours, folders or files, in which a file and its import part. */
function diverging(path: string, target: string): [string, string] {
  const [a, b] = [path.split("/"), target.split("/")];
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return [a.slice(0, shared + 1).join("/"), b.slice(0, shared + 1).join("/")];
}

describe("the rooms of the house", () => {
  for (const [room, allowed] of Object.entries(MAY_IMPORT)) {
    it(`${room} imports only ${allowed.length > 0 ? allowed.join(", ") : "itself"}`, () => {
      const upward = sources(room).flatMap((path) =>
        importsOf(path)
          .filter((target) => roomOf(target) !== room && !allowed.includes(roomOf(target)))
          .map((target) => `${path} -> ${target}`),
      );
      expect(upward).to.deep.equal([]);
    });
  }

  it("has no circle of folders at any level", () => {
    const between = new Map<string, string>();
    for (const path of Object.keys(MAY_IMPORT).flatMap(sources)) {
      for (const target of importsOf(path)) {
        const [from, to] = diverging(path, target);
        between.set(`${from} -> ${to}`, `${path} -> ${target}`);
      }
    }
    const circles = [...between].flatMap(([arrow, example]) => {
      const [from, to] = arrow.split(" -> ") as [string, string];
      const back = between.get(`${to} -> ${from}`);
      return from < to && back !== undefined ? [`${from} <-> ${to}: ${example}; ${back}`] : [];
    });
    expect(circles).to.deep.equal([]);
  });

  it("has no import cycle", () => {
    const graph = new Map(
      Object.keys(MAY_IMPORT)
        .flatMap(sources)
        .map((path) => [path, importsOf(path)]),
    );
    const done = new Set<string>();
    const visit = (path: string, trail: readonly string[]): void => {
      if (done.has(path)) return;
      expect(trail, `cycle: ${[...trail, path].join(" -> ")}`).to.not.include(path);
      for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
  });
});
