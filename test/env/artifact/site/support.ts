import { readSite } from "../../../../env/artifact/index.js";

export const file = (path: string, body = "x") =>
  `<webAction type="file" filePath="${path}">\n${body}\n</webAction>`;
export const site = (...actions: string[]) =>
  `<webArtifact id="a" title="A">\n${actions.join("\n")}\n</webArtifact>`;

export function filesOf(text: string): Readonly<Record<string, string>> {
  const outcome = readSite(text);
  if (outcome.status !== "ok" || outcome.artifact.kind !== "site")
    throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome.artifact.files;
}

export function reasonOf(text: string, options = {}): string {
  const outcome = readSite(text, options);
  return outcome.status === "refused" ? outcome.refusal.reason : "ok";
}
