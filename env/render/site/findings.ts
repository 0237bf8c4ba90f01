import type { RenderedPage, RenderFailure } from "../../contract/rendered-page.js";
import type { SiteFinding, SiteReport } from "../../contract/site-report.js";

/** Findings of one kind that are told; more are counted. */
const MOST = 10;

/** What is worth telling about a site, each in one sentence, the gravest first. */
export function findingsOfSite({
  routes,
  unvisited,
  notes,
}: Pick<SiteReport<RenderedPage, RenderFailure>, "routes" | "unvisited" | "notes">): SiteFinding[] {
  const findings: SiteFinding[] = [];
  const tell = (kind: SiteFinding["kind"], messages: readonly string[]) => {
    const different = [...new Set(messages)];
    for (const message of different.slice(0, MOST)) findings.push({ kind, message });
    if (different.length > MOST)
      findings.push({ kind, message: `${different.length - MOST} more like this.` });
  };
  tell(
    "failed_route",
    routes.flatMap(({ path, failure }) => (failure ? [`${path} did not render: ${failure.message}`] : [])),
  );
  tell(
    "route_error",
    routes.slice(1).flatMap(({ path, errors }) => errors.map((error) => `On ${path}: ${error}`)),
  );
  tell(
    "missing_route",
    routes.flatMap(({ path, missing, failure }) =>
      missing && !failure ? [`${path} shows what an address shows that does not exist.`] : [],
    ),
  );
  tell(
    "duplicate_route",
    routes.flatMap(({ path, sameAs, missing }) =>
      sameAs !== undefined && !missing ? [`${path} shows the same text as ${sameAs}.`] : [],
    ),
  );
  tell(
    "dead_link",
    routes.flatMap(({ links }) =>
      links.flatMap(({ text, href, leads }) =>
        leads === "dead" ? [`The link "${text}" to "${href}" leads nowhere.`] : [],
      ),
    ),
  );
  tell(
    "dead_control",
    routes.flatMap(({ path, controls }) =>
      controls.flatMap(({ role, name, state, errors }) => {
        if (state !== "dead" || role === "link") return [];
        const why = errors[0] === undefined ? "does nothing" : `only throws: ${errors[0]}`;
        return [`The ${role} "${name}" on ${path} ${why}.`];
      }),
    ),
  );
  tell(
    "unvisited_route",
    unvisited.map((pattern) => `No link leads to an address like ${pattern}.`),
  );
  tell("set_aside", notes);
  return findings;
}
