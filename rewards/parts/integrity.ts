import { scored, unscored } from "../../env/contract/scoring.js";
import { defineReward, type Reward } from "../reward.js";
import { ownFault } from "./source.js";

/** Faults that the evidence lists at most. */
const LISTED = 20;

/**
 * How much of what a site offers works, 0 to 1: the share of its routes that open without an error and show something of
 * their own, of its links that lead somewhere, and of its controls that do something when clicked, counted together.
 * Controls that are disabled, covered or were not tried do not count. Says nothing about what the task asked for: a site of
 * one plain page has 1, so put it beside a reward that does. 0 for an answer that is no site, does not build or does
 * not render; skipped for other kinds of answers.
 */
export function integrity({ name = "integrity" }: { readonly name?: string } = {}): Reward {
  return defineReward({
    name,
    needs: ["page"],
    score(context) {
      if (context.task.kind !== "site") return unscored("skipped", "The task does not ask for a site.");
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      const site = context.page?.site;
      if (!site) return unscored("skipped", "No site was rendered.");
      const opened = site.routes.map(
        (route) =>
          route.failure === undefined && !route.missing && !route.sameAs && route.errors.length === 0,
      );
      const led = site.routes.flatMap(({ links }) => links.map(({ leads }) => leads !== "dead"));
      const clicked = site.routes.flatMap(({ controls }) =>
        controls.flatMap(({ state, errors }) => {
          if (state !== "alive" && state !== "dead") return [];
          return [state === "alive" && errors.length === 0];
        }),
      );
      const all = [...opened, ...led, ...clicked];
      return scored(all.filter(Boolean).length / all.length, {
        routes: tally(opened),
        links: tally(led),
        controls: tally(clicked),
        findings: site.findings.slice(0, LISTED).map(({ message }) => message),
      });
    },
  });
}

const tally = (works: readonly boolean[]) => ({ working: works.filter(Boolean).length, of: works.length });
