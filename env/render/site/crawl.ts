import type { BuiltSite } from "../../bundle/site/index.js";
import type {
  RenderedPage,
  RenderFailure,
  RenderOutcome,
  RenderRequest,
} from "../../contract/rendered-page.js";
import type { SiteControl, SiteLink, SiteRoute } from "../../contract/site-report.js";
import type { FoundControl, FoundLink } from "../in-page/site/survey.js";
import type { PageSource } from "../tab/navigation.js";
import type { WebPage } from "../tab/web-page.js";
import { tryControls } from "./controls.js";
import { siteDriver } from "./driver.js";
import { siteSource } from "./serve.js";

/** What is opened, and what is done there once it is drawn. */
export interface SiteVisit extends PageSource {
  readonly inspect?: (page: WebPage) => Promise<void>;
}

/** Renders one address as a request asks. */
export type OpenPage = (visit: SiteVisit, request: RenderRequest) => Promise<RenderOutcome>;

/** A request for a page besides the start: probes are for the start. */
const further = (request: RenderRequest): RenderRequest => ({ ...request, probes: [], clickStates: false });

/** A request for a page that is only looked at. */
export const bare = (request: RenderRequest): RenderRequest => {
  const { plainCss: _, later: __, ...rest } = further(request);
  return { ...rest, viewports: [] };
};

/** Routes visited. */
export const MOST_ROUTES = 20;
/** Characters of an address that is visited. */
const LONGEST_ADDRESS = 2000;
/** Parts of an address that are compared. */
const MOST_STEPS = 200;
/** An address that no site has on purpose. */
const NOWHERE = "/webgen-no-such-page";

export interface Crawl {
  readonly routes: readonly SiteRoute<RenderedPage, RenderFailure>[];
  readonly unvisited: readonly string[];
  readonly truncated: boolean;
}

interface Found {
  readonly path: string;
  readonly from: SiteRoute<RenderedPage, RenderFailure>["from"];
}

interface Seen extends Found {
  readonly outcome: RenderOutcome;
  readonly links: readonly FoundLink[];
  readonly controls: readonly SiteControl[];
  readonly keys: readonly string[];
}

/**
 * Visits every address of a site, level by level: the start, the routes its sources name, and whatever its pages link to.
 * Every page is opened by its own address in a fresh browser state, its controls are clicked, and what stands in the
 * header, footer or navigation of one level is not clicked again in the next.
 */
export async function crawlSite(site: BuiltSite, request: RenderRequest, open: OpenPage): Promise<Crawl> {
  const toPath = (path: string) => (site.routes.hash && path !== "/" ? `/#${path}` : path);
  const seen: Seen[] = [];
  const known = new Set<string>(["/"]);
  const tried = new Set<string>();
  let level: Found[] = [{ path: "/", from: "start" }];
  let truncated = false;
  const nowhere = open(siteSource(site, toPath(NOWHERE)), bare(request));
  nowhere.catch(() => {});
  while (level.length > 0) {
    const skip = new Set(tried);
    const visits = await Promise.all(level.map((found) => visit(site, request, open, found, skip)));
    seen.push(...visits);
    for (const { keys } of visits) for (const key of keys) tried.add(key);
    const linked = visits.flatMap(({ links }) =>
      links.map((link) => ({ path: routeOf(link.url, site), from: "link" as const })),
    );
    const named = site.routes.paths.map((path) => ({ path: toPath(path), from: "source" as const }));
    level = [];
    for (const { path, from } of [...linked, ...named]) {
      if (path === null || path.length > LONGEST_ADDRESS || known.has(path)) continue;
      if (known.size >= MOST_ROUTES) truncated = true;
      else {
        known.add(path);
        level.push({ path, from });
      }
    }
  }
  return { routes: report(seen, site, textOf(await nowhere)), unvisited: unvisited(site, known), truncated };
}

async function visit(
  site: BuiltSite,
  request: RenderRequest,
  open: OpenPage,
  found: Found,
  skip: ReadonlySet<string>,
): Promise<Seen> {
  const source = siteSource(site, found.path);
  let links: readonly FoundLink[] = [];
  let fresh: readonly FoundControl[] = [];
  let keys: readonly string[] = [];
  let controls: SiteControl[] = [];
  const wanted = found.from === "start" ? request : further(request);
  const inspecting = {
    ...source,
    async inspect(page: WebPage) {
      const driver = await siteDriver(page, source);
      const survey = await driver.call<{ links: FoundLink[]; controls: FoundControl[] }>("survey");
      links = survey.links;
      controls = [];
      fresh = survey.controls.filter(({ key, shared }) => !shared || !skip.has(key));
      keys = survey.controls.filter(({ shared }) => shared).map(({ key }) => key);
      await tryControls(driver, found.path, fresh, controls);
      await driver.rest();
    },
  };
  const outcome = await open(inspecting, wanted);
  for (const { role, name } of fresh.slice(controls.length))
    controls.push({ role, name, state: "unchecked", effects: [], errors: [] });
  return { ...found, outcome, links, controls, keys };
}

/** The route of an address, without query; null for one outside the site or of a file. */
function routeOf(url: string, { resources, routes }: BuiltSite): string | null {
  const { protocol, hostname, pathname, hash } = new URL(url);
  if (protocol !== "https:" || !hostname.endsWith(".webgen.invalid") || resources.has(pathname)) return null;
  const path = pathname.replace(/(?<=.)\/+$/, "");
  if (!routes.hash) return path;
  const inside = hash.startsWith("#/") ? hash.replace(/\?.*/, "").replace(/(?<=..)\/+$/, "") : "#/";
  return inside === "#/" ? path : `${path}${inside}`;
}

function report(
  seen: readonly Seen[],
  site: BuiltSite,
  nowhere: string | null,
): SiteRoute<RenderedPage, RenderFailure>[] {
  const firstWith = new Map<string, string>();
  const missing = new Set<string>();
  const same = new Map<string, string>();
  for (const { path, outcome } of seen) {
    const text = textOf(outcome);
    if (text === null || (path !== "/" && text === nowhere)) missing.add(path);
    const first = text === null ? undefined : firstWith.get(text);
    if (first !== undefined) same.set(path, first);
    else if (text !== null) firstWith.set(text, path);
  }
  return seen.map(({ path, from, outcome, links, controls }) => {
    const sameAs = same.get(path);
    const page = outcome.status === "rendered" ? outcome.page : undefined;
    const told = page?.console.filter(({ level }) => level === "error").map(({ text }) => text) ?? [];
    return {
      path,
      from,
      ...(page ? { page } : {}),
      ...(outcome.status === "failed"
        ? { failure: { reason: outcome.reason, message: outcome.message } }
        : {}),
      links: links.map((link) => describeLink(link, site, missing, controls)),
      controls,
      missing: missing.has(path),
      ...(sameAs === undefined ? {} : { sameAs }),
      errors: [...(page?.errors ?? []), ...told],
    };
  });
}

function describeLink(
  { text, href, url, anchor }: FoundLink,
  site: BuiltSite,
  missing: ReadonlySet<string>,
  controls: readonly SiteControl[],
): SiteLink {
  const trimmed = href.trim();
  if (/^(?:#?|javascript:.*)$/i.test(trimmed)) {
    const alive = controls.some(
      ({ role, name, state }) => role === "link" && name === text && state === "alive",
    );
    return { text, href, leads: alive ? "control" : "dead" };
  }
  if (url === "about:invalid") return { text, href, leads: "dead" };
  const route = routeOf(url, site);
  if (route === null) return { text, href, leads: "outside" };
  if (trimmed.startsWith("#") && !(site.routes.hash && trimmed.startsWith("#/")))
    return { text, href, leads: anchor ? "anchor" : "dead" };
  return { text, href, leads: missing.has(route) ? "dead" : "route", route };
}

/** Patterns with parameters that no visited address fits. */
function unvisited({ routes }: BuiltSite, known: ReadonlySet<string>): string[] {
  const addresses = [...known].map((path) => stepsOf(path.replace(/^\/?#/, "")));
  return routes.patterns
    .filter((pattern) => !addresses.some((steps) => fits(stepsOf(pattern), steps)))
    .map((pattern) => pattern.slice(0, LONGEST_ADDRESS));
}

const stepsOf = (path: string) => path.split("/", MOST_STEPS);

function fits(pattern: readonly string[], steps: readonly string[]): boolean {
  return (
    pattern.length === steps.length &&
    pattern.every((part, i) => {
      if (!part.startsWith(":")) return part === steps[i];
      return part.endsWith("?") || steps[i] !== "";
    })
  );
}

/** What a page says, or null when it did not render. */
function textOf(outcome: RenderOutcome): string | null {
  return outcome.status === "rendered" ? outcome.page.snapshot.texts.map(({ text }) => text).join(" ") : null;
}
