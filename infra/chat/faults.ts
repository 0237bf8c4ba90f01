import { APIConnectionError, APIError } from "openai";
import { InfrastructureError, messageOf } from "../errors.js";
import { ChatError } from "./error.js";

/** Whether any request would have met this error: not one that refuses what is in the request (a 400, 413 or 422, say). */
export function isServerFault({ status }: ChatError): boolean {
  return status === undefined || [401, 403, 404, 408, 429].includes(status) || status >= 500;
}

/** Whether a server refused `max_tokens` because it calls the limit `max_completion_tokens`. */
export function wantsNewerLimit(error: unknown): boolean {
  return error instanceof APIError && error.status === 400 && error.message.includes("max_completion_tokens");
}

/** What went wrong with a request, as an error whose message a person can act on. */
export function explain(error: unknown, baseURL: string, model: string): Error {
  if (error instanceof InfrastructureError) return error;
  if (error instanceof APIConnectionError)
    return new ChatError(
      `No answer from ${baseURL}: ${messageOf(error)} Is the server running, and is the base URL right (it usually ends in /v1)?`,
      { cause: error },
    );
  if (error instanceof APIError)
    return new ChatError(
      `The server at ${baseURL} refused the request for model "${model}": ${messageOf(error)}`,
      {
        status: error.status,
        retryAfter: retryAfter(error.headers),
        code: error.code ?? undefined,
        cause: error,
      },
    );
  return new ChatError(`The request to ${baseURL} failed: ${messageOf(error)}`, { cause: error });
}

/** Milliseconds until a server wants to be asked again: `retry-after-ms`, or `retry-after` in seconds or as a date. */
function retryAfter(headers: Headers | undefined): number | undefined {
  const milliseconds = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (milliseconds >= 0) return milliseconds;
  const value = headers?.get("retry-after") ?? "";
  const seconds = Number(value.trim() || Number.NaN);
  const wait = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
