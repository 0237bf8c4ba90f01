import type { BuiltSite } from "../../bundle/site/index.js";
import type { RenderRequest } from "../../contract/rendered-page.js";
import type { SiteProbe, SiteProbeResult } from "../../contract/site-probe.js";
import type { WebPage } from "../tab/web-page.js";
import { bare, type OpenPage } from "./crawl.js";
import { siteDriver } from "./driver.js";
import { brokenRun, runSiteProbe } from "./probe-run.js";
import { type RunOutcome, verdictOf } from "./probe-verdict.js";
import { siteSource } from "./serve.js";

/** Runs each probe twice, each time from a fresh browser state. */
export function runProbes(
  site: BuiltSite,
  request: RenderRequest,
  open: OpenPage,
): Promise<SiteProbeResult[]> {
  return Promise.all(
    (request.siteProbes ?? []).map(async (probe) => {
      const runs = await Promise.all([run(site, probe, request, open), run(site, probe, request, open)]);
      return verdictOf(probe, runs);
    }),
  );
}

async function run(
  site: BuiltSite,
  probe: SiteProbe,
  request: RenderRequest,
  open: OpenPage,
): Promise<RunOutcome> {
  const path = site.routes.hash && !probe.given.includes("#") ? `/#${probe.given}` : probe.given;
  const source = siteSource(site, path);
  let result: RunOutcome = { blocked: "The page could not be asked before its deadline." };
  const visit = {
    ...source,
    async inspect(page: WebPage) {
      try {
        const driver = await siteDriver(page, source);
        result = await runSiteProbe(driver, probe);
        await driver.rest();
      } catch (error) {
        result = { blocked: brokenRun(error) };
        throw error;
      }
    },
  };
  const outcome = await open(visit, bare(request));
  if (outcome.status !== "rendered")
    return { blocked: `The page at ${probe.given} did not render: ${outcome.message}` };
  return result;
}
