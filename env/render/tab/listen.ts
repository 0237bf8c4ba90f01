import type { ConsoleMessage } from "../../contract/rendered-page.js";
import type { Session } from "../browser/connection.js";
import { namesDeferral } from "./deferred.js";
import type { ServedResponse, Visit } from "./visit.js";

/** A page that talks more than this is no longer listened to. */
const DEAF_AFTER = 1000;
/** Documents a site may put in each other's place by itself; then the one that is there stays. */
const MOST_DOCUMENTS = 10;

const LEVELS: Readonly<Record<string, ConsoleMessage["level"]>> = {
  error: "error",
  assert: "error",
  warning: "warning",
  debug: "debug",
  verbose: "debug",
};

/**
 * Wires a page's session to whatever visit is current: hands the document out and refuses every other request, answers
 * dialogs, and writes down console, errors and departures.
 */
export function listen(session: Session, mainFrame: string, current: () => Visit | undefined): void {
  const ignore = () => {};
  session.on("Fetch.requestPaused", ({ requestId, request, resourceType, frameId }) => {
    const visit = current();
    const isDocument = resourceType === "Document" && frameId === mainFrame;
    if (visit && isDocument && request.url === visit.url && !visit.served) {
      visit.served = true;
      const html = { status: 200, type: "text/html; charset=utf-8", body: visit.source.html };
      fulfil(session, requestId, html).catch(ignore);
      return;
    }
    const isFrame = resourceType === "Document" && !isDocument;
    const again = isDocument && visit !== undefined && ++visit.documents > MOST_DOCUMENTS;
    if (visit?.served && !isFrame && !again && visit.isWithin(request.url)) {
      const { method } = request;
      const answer = visit.source.serve?.({ method, url: new URL(request.url), type: resourceType });
      if (answer) {
        visit.defers ||= namesDeferral(answer.body);
        if (isDocument) visit.depart();
        const ready = isDocument ? visit.held : undefined;
        Promise.resolve(ready)
          .then(() => fulfil(session, requestId, answer))
          .catch(ignore);
        return;
      }
    }
    if (visit?.served && (visit.open || resourceType !== "Ping"))
      visit.block({ url: request.url, type: resourceType });
    // "No content" leaves the document where it is; an error would replace it, or leave it loading for ever.
    if (resourceType === "Document")
      session.send("Fetch.fulfillRequest", { requestId, responseCode: 204 }).catch(ignore);
    else session.send("Fetch.failRequest", { requestId, errorReason: "BlockedByClient" }).catch(ignore);
  });
  session.on("Page.frameNavigated", ({ frame }) => {
    const visit = current();
    if (!visit || frame.id !== mainFrame || !visit.served) return;
    if (frame.url === visit.url || (visit.open && visit.isWithin(frame.url))) {
      if (visit.open) visit.renewed();
      else visit.opened();
      visit.open = true;
    } else if (visit.open) visit.departed(frame.url);
    // Else it is the document before this visit, which was on its way elsewhere.
  });
  session.on("Page.loadEventFired", () => {
    const visit = current();
    if (!visit?.open) return;
    visit.loaded = true;
    visit.settled();
    visit.arrive();
  });
  session.on("Page.frameRequestedNavigation", ({ frameId, disposition, url }) => {
    const visit = current();
    if (frameId === mainFrame && disposition === "currentTab" && visit?.isWithin(url)) visit.depart();
  });
  // A document that goes elsewhere while it is read is cut off where it stood, and its load event never comes.
  session.on("Page.frameStoppedLoading", ({ frameId }) => {
    const visit = current();
    if (!visit?.open || frameId !== mainFrame) return;
    const goal = visit.blocked.findLast(({ type }) => type === "Document")?.url;
    if (!visit.loaded) visit.left = goal ?? "somewhere else";
    visit.settled();
    visit.arrive();
  });
  session.on("Page.javascriptDialogOpening", ({ type, message }) => {
    current()?.log("info", `${type}: ${message}`);
    session.send("Page.handleJavaScriptDialog", { accept: type === "beforeunload" }).catch(ignore);
  });
  const deafen = (visit: Visit) => {
    if (visit.messageCount !== DEAF_AFTER) return;
    session.send("Runtime.disable").catch(ignore);
    session.send("Log.disable").catch(ignore);
  };
  // Until the document is open, what is said still comes from the one before.
  session.on("Runtime.consoleAPICalled", ({ type, args }) => {
    const visit = current();
    if (!visit?.open) return;
    const text = args.map((argument) => String(argument.value ?? argument.description ?? argument.type));
    visit.log(LEVELS[type] ?? "info", text.join(" "));
    deafen(visit);
  });
  session.on("Runtime.exceptionThrown", ({ exceptionDetails }) => {
    const visit = current();
    if (!visit?.open) return;
    const { text, exception, lineNumber } = exceptionDetails;
    const what = exception?.description?.split("\n", 1)[0] ?? String(exception?.value ?? "");
    visit.error(`${what === "" ? text : what} (line ${lineNumber + 1})`);
    deafen(visit);
  });
  session.on("Log.entryAdded", ({ entry }) => {
    const visit = current();
    if (!visit?.open) return;
    visit.log(LEVELS[entry.level] ?? "info", entry.text);
    deafen(visit);
  });
}

async function fulfil(session: Session, requestId: string, answer: ServedResponse): Promise<void> {
  await session.send("Fetch.fulfillRequest", {
    requestId,
    responseCode: answer.status,
    responseHeaders: [{ name: "Content-Type", value: answer.type }],
    body: Buffer.from(answer.body).toString("base64"),
  });
}
