import { createHash } from "node:crypto";
import type { DiskCache } from "../cache.js";
import type { ChatRequest } from "./messages.js";

/**
 * Where replies are kept, by key. A `Map` will do, and so will anything on disk; both methods may be asynchronous. Only replies
 * that could be read are stored, so an outage is never remembered.
 */
export interface ReplyCache {
  /** The reply kept under a key, undefined without one. */
  get(key: string): string | undefined | Promise<string | undefined>;
  /** Keeps a reply under a key. */
  set(key: string, reply: string): unknown;
}

/** Replies in a cache of bytes, e.g. `openCache` of `infra/cache.ts`: asked once on this machine, not once in each run. */
export function repliesOnDisk(cache: Pick<DiskCache, "get" | "put">): ReplyCache {
  return {
    async get(key) {
      const bytes = await cache.get(key);
      return bytes && Buffer.from(bytes).toString("utf8");
    },
    set: (key, reply) => cache.put(key, Buffer.from(reply, "utf8")),
  };
}

/** The key of a request to a model: everything that bears on the reply, pictures by their bytes. Hex. */
export function replyKey(model: string, baseURL: string | undefined, request: ChatRequest): string {
  const { signal: _, messages, ...sampling } = request;
  const conversation = messages.map(({ role, content, image, images = [] }) => ({
    role,
    content,
    images: (image ? [image, ...images] : images).map(digest),
  }));
  return digest(JSON.stringify({ version: 2, model, baseURL, conversation, ...sampling }));
}

function digest(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
