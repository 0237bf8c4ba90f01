import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { InfrastructureError, messageOf } from "../../infra/errors.js";
import { liveBody } from "./live-body.js";
import { LIVE_POLICY, livePage, toMessage } from "./live-page.js";
import { type RunView, readRun, runSignature } from "./run-view.js";

export interface WatchOptions {
  /** Port of 127.0.0.1, default any that is free. */
  readonly port?: number;
  /** Milliseconds between two looks at the folder, default 500. */
  readonly interval?: number;
}

/** A run that is being watched. */
export interface Watch {
  /** E.g. `http://127.0.0.1:41234/`. */
  readonly url: string;
  /** The run as it was when last looked at. */
  view(): RunView;
  /** Ends the server and every connection. Twice is fine. */
  close(): Promise<void>;
}

/** Names under which a browser on this machine reaches the server; any other is a page of another site that tries to. */
const LOCAL = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Serves a live page of a run, on this machine alone. `/` is the page, `/events` a stream of its states, `/state.json` the state
 * for programs, `/report` the report once it is there.
 *
 * Throws a UsageError when there is no run in the folder, and an InfrastructureError when the port cannot be had.
 *
 * @example
 * const watch = await watchRun("runs/quickstart");
 * console.log(watch.url);
 * await watch.close();
 */
export async function watchRun(
  path: string,
  { port = 0, interval = 500 }: WatchOptions = {},
): Promise<Watch> {
  let signature = runSignature(path);
  let view = readRun(path);
  const listeners = new Set<ServerResponse>();

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (!LOCAL.test(request.headers.host ?? ""))
      return refuse(response, 403, "This page is for this machine alone.");
    if (request.method !== "GET") return refuse(response, 405, "There is nothing here but pages to read.");
    const address = new URL(request.url ?? "/", "http://localhost").pathname;
    if (address === "/") return send(response, "text/html", livePage(liveBody(view)), LIVE_POLICY);
    if (address === "/state.json") return send(response, "application/json", JSON.stringify(stateOf(view)));
    if (address === "/report" && view.hasReport)
      return send(response, "text/html", readFileSync(join(path, "report.html"), "utf8"));
    if (address !== "/events") return refuse(response, 404, "There is no such page.");
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write(message(view));
    listeners.add(response);
    response.on("close", () => listeners.delete(response));
  };

  const server = createServer((request, response) => {
    try {
      answer(request, response);
    } catch (error) {
      refuse(response, 500, messageOf(error));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(
        new InfrastructureError(
          `Port ${port} of 127.0.0.1 cannot be had: ${messageOf(error)}. Choose another one, or none.`,
        ),
      ),
    );
    server.listen(port, "127.0.0.1", resolve);
  });

  const look = () => {
    const now = runSignature(path);
    if (now === signature) return;
    try {
      view = readRun(path);
      signature = now;
    } catch {
      // A file was being written or the folder went away: what came last stays, and the next look tries again.
      return;
    }
    const text = message(view);
    for (const listener of listeners) listener.write(text);
  };
  const timer = setInterval(look, interval);

  let closing: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    view: () => view,
    close() {
      closing ??= new Promise((resolve) => {
        clearInterval(timer);
        for (const listener of listeners) listener.end();
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

/** What programs read of a run. */
export function stateOf({ name, status, phases, events, hasReport }: RunView) {
  const last = events.findLast(({ metrics }) => metrics !== undefined);
  return {
    name,
    status,
    phases,
    last: last === undefined ? null : { phase: last.phase, step: last.step, metrics: last.metrics ?? {} },
    hasReport,
  };
}

const message = (view: RunView) => `event: state\ndata: ${JSON.stringify(toMessage(liveBody(view)))}\n\n`;

function send(response: ServerResponse, type: string, body: string, policy?: string): void {
  response.writeHead(200, {
    "Content-Type": `${type}; charset=utf-8`,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...(policy === undefined ? {} : { "Content-Security-Policy": policy }),
  });
  response.end(body);
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${sentence}\n`);
}
