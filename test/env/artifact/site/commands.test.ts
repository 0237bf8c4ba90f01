import { expect } from "chai";
import { readCommand } from "../../../../env/artifact/site/commands.js";

describe("commands", () => {
  const read = (text: string) => readCommand("shell", text);
  const packages = (text: string) => read(text)?.packages ?? null;

  it("install packages by name, whatever their version", () => {
    for (const verb of [
      "npm install",
      "npm i",
      "npm ci",
      "npm add",
      "pnpm install",
      "pnpm i",
      "pnpm add",
      "yarn install",
      "yarn add",
      "bun install",
      "bun add",
    ]) {
      expect(packages(verb), verb).to.deep.equal([]);
      expect(packages(`${verb} a @b/c`), verb).to.deep.equal(["a", "@b/c"]);
    }
    expect(
      packages("npm  i\t -D --save-dev --cache=/tmp/x  a@1.2.3 @b/c.d@^1 e_f@latest G@~2.x h@>=1"),
    ).to.deep.equal(["a", "@b/c.d", "e_f", "G", "h"]);
    expect(packages("npm i a && npm i b\nnpm i c\r\n\n npm run dev")).to.deep.equal(["a", "b", "c"]);
    expect(packages("yarn")).to.deep.equal([]);
    expect(packages("yarn --frozen-lockfile")).to.deep.equal([]);
    expect(packages("yarn left-pad")).to.equal(null);
    expect(read(" npm i \n")).to.deep.equal({ kind: "shell", text: "npm i", packages: [] });
  });

  it("run the project's own scripts", () => {
    for (const script of [
      "npm run dev",
      "npm run start",
      "npm run build",
      "npm run preview",
      "npm run serve",
      "npm run lint",
      "npm start",
      "pnpm dev",
      "yarn run build",
      "bun start",
      "yarn preview",
      "vite",
      "npx vite",
      "vite build",
      "npx vite preview",
      "vite dev",
    ])
      expect(packages(script), script).to.deep.equal([]);
    expect(packages("npm run dev -- --port 3000 --host")).to.deep.equal([]);
    expect(packages("vite --port=80 -p 12345")).to.deep.equal([]);
  });

  it("are nothing else", () => {
    for (const text of [
      "",
      " \n ",
      "ls",
      "npm",
      "npm run",
      "npm run evil",
      "npm install-x",
      "npm runs dev",
      "npm run development",
      "npx evil",
      "xnpm i",
      "vitest",
      "yarn evil run",
      "npm i a; b",
      "npm i $(b)",
      "npm i `b`",
      "npm i a | b",
      "npm i a > b",
      "npm i ../a",
      "npm i ./a",
      "npm i git+ssh://x",
      "npm i http://x",
      "npm i @/b",
      "npm i @a/",
      "npm i a@",
      "npm i a@b c/d",
      "npm i -",
      "npm i --",
      "npm i ---x",
      "npm i --x=a;b",
      "npm run dev a",
      "npm run dev 123456",
      "npm i 3000x/",
      "npm i && rm",
      "npm i &&",
      "npm i & npm i",
    ].filter((text) => text !== "npm i --"))
      expect(read(text), JSON.stringify(text)).to.equal(null);
    expect(packages("npm i --")).to.deep.equal([]);
    expect(packages("npm i 3000")).to.deep.equal(["3000"]);
    const long = `npm i ${"a ".repeat(4997)}`;
    expect(read(long)).to.not.equal(null);
    expect(read(`${long}${" ".repeat(10_001 - long.length)}`)).to.equal(null);
    expect(read(`${long}${" ".repeat(10_000 - long.length)}`)).to.not.equal(null);
  });
});
