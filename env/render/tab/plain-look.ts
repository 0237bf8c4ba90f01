import { dressRootFunction, dressScript, undressScript } from "../in-page/plain.js";
import type { RawSnapshot } from "../snapshot.js";
import type { Capture, WebPage } from "./web-page.js";

/**
 * Draws the document once more in extra CSS, which outweighs the page's own where it says `!important`, and takes the CSS back.
 * The page's scripts stand still meanwhile, so nothing of it can answer to the other look.
 *
 * @param known the document as it stands, which names its closed shadow roots
 */
export async function plainLook(
  page: WebPage,
  css: string,
  known: RawSnapshot,
): Promise<{ shot: Capture; snapshot: RawSnapshot }> {
  const { session } = page;
  await session.send("Emulation.setScriptExecutionDisabled", { value: true });
  try {
    await page.evaluate(dressScript(css));
    for (const backendNodeId of nodesInClosedRoots(known))
      await page.callOn(backendNodeId, dressRootFunction(css)).catch(() => {});
    const shot = await page.capture();
    return { shot, snapshot: await page.snapshot() };
  } finally {
    await page.evaluate(undressScript());
    // Observers of size and visibility are brought up to date while nobody listens.
    await page.frame();
    await session.send("Emulation.setScriptExecutionDisabled", { value: false });
  }
}

/** Closed shadow roots dressed at most. */
const MOST_ROOTS = 200;

/** One node from among each group of siblings inside closed shadow roots; a snapshot does not list the roots themselves. */
function nodesInClosedRoots({ documents, strings }: RawSnapshot): number[] {
  const found: number[] = [];
  for (const { nodes } of documents) {
    const { shadowRootType, backendNodeId = [], parentIndex = [] } = nodes;
    const { index = [], value = [] } = shadowRootType ?? {};
    const parents = new Set<number | undefined>();
    index.forEach((node, at) => {
      const id = backendNodeId[node];
      if (strings[value[at] ?? -1] !== "closed" || id === undefined || parents.has(parentIndex[node])) return;
      parents.add(parentIndex[node]);
      found.push(id);
    });
  }
  return found.slice(0, MOST_ROOTS);
}
