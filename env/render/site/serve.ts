import type { BuiltSite } from "../../bundle/site/index.js";
import type { PageSource, ServedResponse } from "../tab/navigation.js";

const HTML = "text/html; charset=utf-8";

/**
 * A built site as the browser is to see it: files by their path, the one document for every other address that is asked
 * for as a document, and nothing else. No port is opened; requests are answered as they are intercepted.
 */
export function siteSource({ html, resources }: BuiltSite, path = "/"): PageSource {
  return {
    html,
    path,
    serve({ method, url, type }): ServedResponse | undefined {
      if (method !== "GET") return undefined;
      const resource = resources.get(pathOf(url));
      if (resource) return { status: 200, ...resource };
      if (type === "Document") return { status: 200, type: HTML, body: html };
      return { status: 404, type: "text/plain; charset=utf-8", body: "Not found" };
    },
  };
}

function pathOf({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
