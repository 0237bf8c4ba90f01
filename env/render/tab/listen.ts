import type { ConsoleMessage } from "../../contract/rendered-page.js";
import type { Session } from "../browser/connection.js";
import { namesDeferral } from "./deferred.js";
import type { Navigation, ServedResponse } from "./navigation.js";

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
 * Wires a page's session to whatever navigation is current: hands the document out and refuses every other request, answers
 * dialogs, and writes down console, errors and departures.
 */
export function listen(session: Session, mainFrame: string, current: () => Navigation | undefined): void {
  const ignore = () => {};
  session.on("Fetch.requestPaused", ({ requestId, request, resourceType, frameId }) => {
    const navigation = current();
    const isDocument = resourceType === "Document" && frameId === mainFrame;
    if (navigation && isDocument && request.url === navigation.url && !navigation.served) {
      navigation.served = true;
      const html = { status: 200, type: "text/html; charset=utf-8", body: navigation.source.html };
      fulfil(session, requestId, html).catch(ignore);
      return;
    }
    const isFrame = resourceType === "Document" && !isDocument;
    const again = isDocument && navigation !== undefined && ++navigation.documents > MOST_DOCUMENTS;
    if (navigation?.served && !isFrame && !again && navigation.isWithin(request.url)) {
      const { method } = request;
      const answer = navigation.source.serve?.({ method, url: new URL(request.url), type: resourceType });
      if (answer) {
        navigation.defers ||= namesDeferral(answer.body);
        if (isDocument) navigation.depart();
        const ready = isDocument ? navigation.held : undefined;
        Promise.resolve(ready)
          .then(() => fulfil(session, requestId, answer))
          .catch(ignore);
        return;
      }
    }
    if (navigation?.served && (navigation.open || resourceType !== "Ping"))
      navigation.block({ url: request.url, type: resourceType });
    // "No content" leaves the document where it is; an error would replace it, or leave it loading for ever.
    if (resourceType === "Document")
      session.send("Fetch.fulfillRequest", { requestId, responseCode: 204 }).catch(ignore);
    else session.send("Fetch.failRequest", { requestId, errorReason: "BlockedByClient" }).catch(ignore);
  });
  session.on("Page.frameNavigated", ({ frame }) => {
    const navigation = current();
    if (!navigation || frame.id !== mainFrame || !navigation.served) return;
    if (frame.url === navigation.url || (navigation.open && navigation.isWithin(frame.url))) {
      if (navigation.open) navigation.renewed();
      else navigation.opened();
      navigation.open = true;
    } else if (navigation.open) navigation.departed(frame.url);
    // Else it is the document before this navigation, which was on its way elsewhere.
  });
  session.on("Page.loadEventFired", () => {
    const navigation = current();
    if (!navigation?.open) return;
    navigation.loaded = true;
    navigation.settled();
    navigation.arrive();
  });
  session.on("Page.frameRequestedNavigation", ({ frameId, disposition, url }) => {
    const navigation = current();
    if (frameId === mainFrame && disposition === "currentTab" && navigation?.isWithin(url))
      navigation.depart();
  });
  // A document that goes elsewhere while it is read is cut off where it stood, and its load event never comes.
  session.on("Page.frameStoppedLoading", ({ frameId }) => {
    const navigation = current();
    if (!navigation?.open || frameId !== mainFrame) return;
    const goal = navigation.blocked.findLast(({ type }) => type === "Document")?.url;
    if (!navigation.loaded) navigation.left = goal ?? "somewhere else";
    navigation.settled();
    navigation.arrive();
  });
  session.on("Page.javascriptDialogOpening", ({ type, message }) => {
    current()?.log("info", `${type}: ${message}`);
    session.send("Page.handleJavaScriptDialog", { accept: type === "beforeunload" }).catch(ignore);
  });
  const deafen = (navigation: Navigation) => {
    if (navigation.messageCount !== DEAF_AFTER) return;
    session.send("Runtime.disable").catch(ignore);
    session.send("Log.disable").catch(ignore);
  };
  // Until the document is open, what is said still comes from the one before.
  session.on("Runtime.consoleAPICalled", ({ type, args }) => {
    const navigation = current();
    if (!navigation?.open) return;
    const text = args.map((argument) => String(argument.value ?? argument.description ?? argument.type));
    navigation.log(LEVELS[type] ?? "info", text.join(" "));
    deafen(navigation);
  });
  session.on("Runtime.exceptionThrown", ({ exceptionDetails }) => {
    const navigation = current();
    if (!navigation?.open) return;
    const { text, exception, lineNumber } = exceptionDetails;
    const what = exception?.description?.split("\n", 1)[0] ?? String(exception?.value ?? "");
    navigation.error(`${what === "" ? text : what} (line ${lineNumber + 1})`);
    deafen(navigation);
  });
  session.on("Log.entryAdded", ({ entry }) => {
    const navigation = current();
    if (!navigation?.open) return;
    navigation.log(LEVELS[entry.level] ?? "info", entry.text);
    deafen(navigation);
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
