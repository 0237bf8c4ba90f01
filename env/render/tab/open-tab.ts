import { type Connection, ProtocolError, type Session } from "../browser/connection.js";
import type { BrowserProcess } from "../browser/launch.js";
import { clockScript } from "./clock.js";
import { ordinaryBrowser } from "./ordinary-browser.js";

/** An empty page of a browser, and how it is spoken to. */
export interface Tab {
  readonly session: Session;
  /** Of the main frame. */
  readonly frameId: string;
}

export interface TabOptions {
  /** Of the page's `Math.random`. */
  readonly seed: number;
  /** Whether its frames are stepped. */
  readonly stepped: boolean;
}

/** Opens an empty page that has no network but what is answered in its place, no cookies, and a clock that stands still. */
export async function openTab({ connection }: BrowserProcess, { seed, stepped }: TabOptions): Promise<Tab> {
  const { browser } = connection;
  const { targetId } = await browser.send("Target.createTarget", {
    url: "about:blank",
    width: 800,
    height: 600,
    ...(stepped ? { enableBeginFrameControl: true } : {}),
  });
  if (stepped) await hideFromWindow(connection, targetId);
  const session = await connection.attach(targetId);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { userAgent } = await browser.send("Browser.getVersion");
  await Promise.all([
    session.send("Emulation.setUserAgentOverride", ordinaryBrowser(userAgent)),
    session.send("Page.enable"),
    session.send("Log.enable"),
    session.send("Fetch.enable", { patterns: [{ urlPattern: "*" }] }),
    session.send("Emulation.setDocumentCookieDisabled", { disabled: true }),
    session.send("Emulation.setFocusEmulationEnabled", { enabled: true }),
    session.send("Page.addScriptToEvaluateOnNewDocument", { source: clockScript(seed) }),
  ]);
  return { session, frameId: frameTree.frame.id };
}

/**
 * Moves a page to where its window does not show it. Pictures are taken of the page itself, and drawing it a second time,
 * into a window that nobody sees, costs a tenth of a render.
 */
async function hideFromWindow({ browser }: Connection, targetId: string): Promise<void> {
  const bounds = { left: 10_000, top: 10_000, width: 800, height: 600 };
  try {
    const { windowId } = await browser.send("Browser.getWindowForTarget", { targetId });
    await browser.send("Browser.setWindowBounds", { windowId, bounds });
  } catch (error) {
    // A browser that does not move windows is only slower.
    if (!(error instanceof ProtocolError)) throw error;
  }
}
