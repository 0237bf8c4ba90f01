import type { SiteCommand } from "../../contract/artifact.js";

const FLAG = /^--?[A-Za-z][\w-]*(?:=[\w./@:^~-]*)?$/;
const PACKAGE = /^((?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*)(?:@[\w.^~<>=*-]+)?$/i;
const INSTALL =
  /^(?:npm (?:install|i|ci|add)|pnpm (?:install|i|add)|yarn (?:install|add)|yarn(?= -|$)|bun (?:install|add))(?= |$)/;
const SCRIPT =
  /^(?:npm run (?:dev|start|build|preview|serve|lint)|npm start|(?:pnpm|yarn|bun)(?: run)? (?:dev|start|build|preview)|(?:npx )?vite(?: build| preview| dev)?)(?= |$)/;

/** Longest text of a command, in characters. */
const LONGEST_COMMAND = 10_000;

/** The lines of a text that are not blank; a blank text is one line. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const said = lines.filter((line) => line !== "");
  return said.length > 0 ? said : [""];
}

/**
 * Reads a command: what a package manager's `install` or a script of the starter project looks like, several joined by
 * `&&` or written on lines of their own. Null for anything else, such as redirections, variables, or another program.
 *
 * @example
 * readCommand("shell", "npm install recharts"); // { kind: "shell", text: "npm install recharts", packages: ["recharts"] }
 * readCommand("shell", "rm -rf /"); // null
 */
export function readCommand(kind: SiteCommand["kind"], text: string): SiteCommand | null {
  const packages: string[] = [];
  if (text.length > LONGEST_COMMAND) return null;
  for (const part of text.split("&&").flatMap(linesOf)) {
    const words = part.replace(/[ \t]+/g, " ");
    const verb = INSTALL.exec(words) ?? SCRIPT.exec(words);
    if (!verb) return null;
    const installs = INSTALL.test(words);
    const rest = words.slice(verb[0].length).trim();
    for (const word of rest === "" ? [] : rest.split(" ")) {
      if (FLAG.test(word) || word === "--" || (!installs && /^\d{1,5}$/.test(word))) continue;
      const name = installs ? PACKAGE.exec(word)?.[1] : undefined;
      if (name === undefined) return null;
      packages.push(name);
    }
  }
  return { kind, text: text.trim(), packages };
}
