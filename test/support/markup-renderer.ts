import type {
  RenderedPage,
  Renderer,
  RenderOutcome,
  RenderRequest,
} from "../../env/contract/rendered-page.js";

/** A page as `markupRenderer` gives it. */
export function markupPage(html: string, changes: Partial<RenderedPage> = {}): RenderedPage {
  return {
    html,
    png: Buffer.from(`picture of ${html}`),
    viewport: { width: 800, height: 600 },
    width: 800,
    height: 600,
    console: [],
    errors: [],
    findings: [],
    probes: [],
    snapshot: { elements: [], texts: [], contentWidth: 800, contentHeight: 600 },
    timing: { set: 0, capture: 0, snapshot: 0, probes: 0, total: 0 },
    hash: async () => html,
    pixels: async () => ({ width: 1, height: 1, data: new Uint8Array(4) }),
    ...changes,
  };
}

/**
 * A renderer without a browser, for tests of what happens around a render: the page is the markup itself. A `render` function can
 * answer otherwise: with an outcome, or by throwing as a machine that fails. Keeps all requests.
 */
export function markupRenderer(
  render: (html: string, request: RenderRequest) => RenderOutcome | undefined = () => undefined,
): Renderer & { readonly requests: RenderRequest[]; closed: number } {
  const requests: RenderRequest[] = [];
  return {
    browserVersion: "none",
    concurrency: 4,
    requests,
    closed: 0,
    async render(request) {
      requests.push(request);
      const { artifact } = request;
      const html = artifact.kind === "html" ? artifact.html : JSON.stringify(artifact);
      return render(html, request) ?? { status: "rendered", page: markupPage(html) };
    },
    async close() {
      this.closed++;
    },
  };
}
