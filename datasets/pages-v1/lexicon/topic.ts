/** Something a page can be about, and the words that belong to it. */
export interface Topic {
  readonly name: string;
  /** What it is, with its article: `a sourdough bakery`. */
  readonly callings: readonly string[];
  readonly headlines: readonly string[];
  /** What its buttons say. */
  readonly actions: readonly string[];
  /** What it offers, in groups, each with a price in whole currency units. */
  readonly groups: readonly { readonly name: string; readonly offers: readonly Offer[] }[];
  /** What speaks for it: a few words and a sentence. */
  readonly traits: readonly { readonly title: string; readonly sentence: string }[];
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
  /** How it goes, one step after the other. */
  readonly steps: readonly string[];
  /** Who works there. */
  readonly roles: readonly string[];
  /** What it counts, plural. */
  readonly counts: readonly string[];
  /** What is on: names of events. */
  readonly events: readonly string[];
}

export interface Offer {
  readonly name: string;
  readonly price: number;
}

/** The lines a topic is written in; items are set apart by `;`, and what belongs together by `=` or `:`. */
export interface TopicLines {
  readonly is: string;
  readonly say: string;
  readonly do: string;
  /** `Bread: rye loaf 6, olive focaccia 5 / Pastry: plum tart 4` */
  readonly offers: string;
  /** `Slow dough=Every dough rests for a day.; ...` */
  readonly why: string;
  /** `Do you ship?=Yes, within two days.; ...` */
  readonly ask: string;
  readonly steps: string;
  readonly who: string;
  readonly count: string;
  readonly on: string;
}

const items = (line: string) => line.split(";").map((item) => item.trim());

function pairs(line: string): [string, string][] {
  return items(line).map((item) => {
    const at = item.indexOf("=");
    return [item.slice(0, at).trim(), item.slice(at + 1).trim()];
  });
}

/** Reads the lines of a topic. */
export function topic(name: string, lines: TopicLines): Topic {
  return {
    name,
    callings: items(lines.is),
    headlines: items(lines.say),
    actions: items(lines.do),
    groups: lines.offers.split("/").map((group) => {
      const at = group.indexOf(":");
      const offers = group.slice(at + 1).split(",");
      return {
        name: group.slice(0, at).trim(),
        offers: offers.map((offer) => {
          const price = /^(.*\S)\s+(\d+)$/.exec(offer.trim());
          if (price === null) throw new RangeError(`An offer of ${name} has no price: "${offer.trim()}".`);
          return { name: price[1]!, price: Number(price[2]) };
        }),
      };
    }),
    traits: pairs(lines.why).map(([title, sentence]) => ({ title, sentence })),
    questions: pairs(lines.ask).map(([question, answer]) => ({ question, answer })),
    steps: items(lines.steps),
    roles: items(lines.who),
    counts: items(lines.count),
    events: items(lines.on),
  };
}
