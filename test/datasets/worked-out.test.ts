import { expect } from "chai";
import { topic } from "../../datasets/pages-v1/lexicon/topic.js";
import type { DrawPart, Part } from "../../datasets/pages-v1/part.js";
import * as arranged from "../../datasets/pages-v1/parts/arranged.js";
import * as interactive from "../../datasets/pages-v1/parts/interactive.js";
import type { Probe } from "../../env/contract/probe.js";
import { createRandom } from "../../infra/random.js";

const PRICES: Readonly<Record<string, number>> = {
  "rye loaf": 6,
  "olive bread": 5,
  "white roll": 1,
  "plum tart": 4,
  "apple cake": 6,
  "jam bun": 3,
};
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  Bread: ["rye loaf", "olive bread", "white roll"],
  Pastry: ["plum tart", "apple cake", "jam bun"],
};
const LINES = {
  is: "a bakery; the bakery",
  say: "Bread first ; Warm at six",
  do: "Order; Visit us;Taste",
  offers: "Bread: rye loaf 6, olive bread 5, white roll 1 / Pastry: plum tart 4, apple cake 6, jam bun 3",
  why: "Slow dough=Every dough rests.; Stone oven = It is hot = very.",
  ask: "Do you ship?=Yes, we do.; Is it vegan?=Most of it.; Any gluten?=Plenty.",
  steps: "Mix; Knead; Rest; Bake",
  who: "baker; seller",
  count: "loaves; guests; ovens",
  on: "bread class; open oven; tasting; market",
};
const bakery = topic("bakery", LINES);

const context = { topic: bakery, brand: "Krume", currency: "€", year: 2027 };
/** The part of many seeds, as its draws vary. */
const drawn = (draw: DrawPart): Part[] =>
  Array.from({ length: 60 }, (_, seed) => draw(createRandom(seed).stream("part"), context));
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match.slice(1));
/** What a click on a text must bring about. */
const click = (text: string, expect: readonly Probe[]): Probe => ({
  kind: "click",
  query: { role: ["button", "tab", "link", "radio"], text },
  expect,
});
const says = (includes: string): Probe => ({ kind: "exists", query: { includes } });
const exists = (query: object): Probe => ({ kind: "exists", query });
const gone = (text: string): Probe => ({ kind: "count", query: { text }, equals: 0 });
const all = (...of: Probe[]): Probe => ({ kind: "all", of });
const inOrder = (texts: readonly string[]): Probe => ({
  kind: "order",
  queries: texts.map((text) => ({ text })),
});
const groups = (rows: readonly (readonly string[])[]): Probe => ({
  kind: "groups",
  groups: rows as string[][],
});
const probes = ({ facts }: Part) => facts.map(({ probe }) => probe);
const rowsOf = ({ blocks: [block] }: Part) => (block?.kind === "table" ? block.rows : null);
const texts = ({ subjects }: Part) => subjects.map(({ query }) => query.text);

describe("the lines of a topic", () => {
  it("are read into items, pairs and priced offers", () => {
    expect(topic("bakery", LINES)).to.deep.equal({
      name: "bakery",
      callings: ["a bakery", "the bakery"],
      headlines: ["Bread first", "Warm at six"],
      actions: ["Order", "Visit us", "Taste"],
      groups: Object.entries(GROUPS).map(([name, offers]) => ({
        name,
        offers: offers.map((offer) => ({ name: offer, price: PRICES[offer] })),
      })),
      traits: [
        { title: "Slow dough", sentence: "Every dough rests." },
        { title: "Stone oven", sentence: "It is hot = very." },
      ],
      questions: [
        { question: "Do you ship?", answer: "Yes, we do." },
        { question: "Is it vegan?", answer: "Most of it." },
        { question: "Any gluten?", answer: "Plenty." },
      ],
      steps: ["Mix", "Knead", "Rest", "Bake"],
      roles: ["baker", "seller"],
      counts: ["loaves", "guests", "ovens"],
      events: ["bread class", "open oven", "tasting", "market"],
    });
  });

  it("must give every offer a price in whole units", () => {
    const lines = { is: "", say: "", do: "", why: "", ask: "", steps: "", who: "", count: "", on: "" };
    const offered = (offers: string) => topic("shop", { ...lines, offers }).groups[0]!.offers;
    expect(offered("G: 12 inch pie  34")).to.deep.equal([{ name: "12 inch pie", price: 34 }]);
    for (const wrong of ["G: pie", "G: 34", "G: pie 3.5", "G: pie34"])
      expect(() => offered(wrong), wrong).to.throw(RangeError, /^An offer of shop has no price: ".*"\.$/);
    expect(() => offered("G:  pie ")).to.throw(RangeError, 'no price: "pie"');
  });
});

describe("what a page must work out", () => {
  it("puts prices in the order that is asked for", () => {
    const ways = new Set<string>();
    for (const part of drawn(arranged.sortedPrices)) {
      const [ask] = part.asks as [string];
      const way = /cheapest first|dearest first|in alphabetical order/.exec(ask)![0];
      ways.add(way);
      for (const said of [...part.asks, ...part.sentences]) expect(said).to.contain(way);
      const pairs = found(ask, /([a-z]+ [a-z]+) €(\d+)/g) as [string, string][];
      expect(pairs.length).to.be.within(2, 5);
      for (const [name, price] of pairs) expect(PRICES[name]).to.equal(Number(price));
      expect(new Set(pairs.map(([, price]) => price)).size).to.equal(pairs.length);
      const names = pairs.map(([name]) => name).sort();
      if (way !== "in alphabetical order")
        names.sort((a, b) => (way === "cheapest first" ? 1 : -1) * (PRICES[a]! - PRICES[b]!));
      const rows = names.map((name) => [name, `€${PRICES[name]}`]);
      expect(probes(part)).to.deep.equal([groups(rows), inOrder(names)]);
      expect(texts(part)).to.deep.equal(names);
      expect(part.blocks).to.deep.equal([
        { kind: "prices", groups: [{ name: null, items: rows.map(([name, price]) => ({ name, price })) }] },
      ]);
    }
    expect(ways.size).to.equal(3);
  });

  it("asks for an order of what all costs the same by the alphabet alone", () => {
    const lines = {
      is: "a",
      say: "a",
      do: "a",
      why: "a=b",
      ask: "a=b",
      steps: "a",
      who: "a",
      count: "a",
      on: "a",
    };
    const same = topic("same", { ...lines, offers: "G: pear 2, apple 2, fig 2" });
    for (let seed = 0; seed < 20; seed++) {
      const part = arranged.sortedPrices(createRandom(seed), { ...context, topic: same });
      expect(part.asks[0]).to.match(/in alphabetical order: /);
      expect(texts(part)).to.deep.equal(["apple", "fig", "pear"]);
    }
  });

  it("puts offers under the headings of their groups", () => {
    for (const part of drawn(arranged.groupedPrices)) {
      const items = found(part.sentences[0]!, /([a-z]+ [a-z]+) at €(\d+) \((\w+)\)/g) as [
        string,
        string,
        string,
      ][];
      expect(items).to.have.length(4);
      for (const [name, price, group] of items) {
        expect(PRICES[name]).to.equal(Number(price));
        expect(GROUPS[group]).to.include(name);
      }
      const [prices, grouped] = probes(part) as [
        Probe & { groups: string[][] },
        Probe & { of: { groups: string[][] }[] },
      ];
      expect(prices.groups).to.have.deep.members(items.map(([name, price]) => [name, `€${price}`]));
      expect(grouped.of).to.have.length(2);
      for (const {
        groups: [own, other],
      } of grouped.of) {
        expect(items.filter(([, , group]) => group === own![0]).map(([name]) => name)).to.have.members(
          own!.slice(1),
        );
        expect([own![0], other![0]]).to.have.members(["Bread", "Pastry"]);
        expect(other).to.have.length(1);
      }
      expect(texts(part)).to.have.members(["Bread", "Pastry", ...items.map(([name]) => name)]);
    }
  });

  it("adds up an order, less its discount", () => {
    const discounts = new Set<number>();
    for (const part of drawn(arranged.orderTotal)) {
      const [, , ask] = part.asks as [string, string, string];
      const lines = found(ask, /(\d) times ([a-z]+ [a-z]+) at €(\d+)/g).map(
        ([count, name, price]) => [Number(count), name!, Number(price)] as const,
      );
      expect(lines.length).to.be.within(2, 3);
      for (const [count, name, price] of lines) {
        expect(count).to.be.within(2, 5);
        expect(PRICES[name]).to.equal(price);
      }
      const discount = Number(/ after (\d+) % off/.exec(ask)?.[1] ?? 0);
      for (const said of [...part.asks, ...part.sentences])
        expect(/ % off/.test(said)).to.equal(discount > 0);
      discounts.add(discount);
      const cents = lines.reduce((sum, [count, , price]) => sum + count * price * (100 - discount), 0);
      const total = `€${cents % 100 === 0 ? cents / 100 : (cents / 100).toFixed(2)}`;
      const sums = lines.map(([count, name, price]) => [name, `€${count * price}`]);
      expect(probes(part)).to.deep.equal([groups(sums), says(total)]);
      expect(part.blocks).to.deep.equal([
        {
          kind: "table",
          head: ["Item", "Quantity", "Sum"],
          rows: lines.map(([count, name, price]) => [name, String(count), `€${count * price}`]),
          foot: ["Total", "", total],
        },
      ]);
      expect(texts(part)).to.deep.equal(lines.map(([, name]) => name));
    }
    expect([...discounts].sort((a, b) => a - b)).to.deep.equal([0, 10, 20, 25]);
  });

  it("puts dates in order and gives them their weekdays", () => {
    const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });
    for (const part of drawn(arranged.schedule)) {
      const events = found(part.asks[0]!, /([a-z]+(?: [a-z]+)?) on (\d+ [A-Z][a-z]+ 2027)/g)
        .map(([name, date]) => ({
          name: name!.replace(/^and /, ""),
          date: date!,
          time: Date.parse(`${date} UTC`),
        }))
        .sort((a, b) => a.time - b.time);
      expect(events).to.have.length(3);
      const rows = events.map(({ name, date, time }) => [name, weekday.format(time), date]);
      expect(rowsOf(part)).to.deep.equal(rows);
      const names = events.map(({ name }) => name);
      expect(probes(part)).to.deep.equal([
        all(
          ...rows.map(([name, day]) =>
            groups([[name!, day!], ...names.filter((other) => other !== name).map((other) => [other])]),
          ),
        ),
        inOrder(names),
      ]);
      expect(texts(part)).to.deep.equal(names);
    }
  });

  it("ranks results by their points", () => {
    for (const part of drawn(arranged.ranking)) {
      const results = found(part.sentences[1]!, /([A-Z][a-zé]+) (\d+)/g)
        .map(([name, points]) => [name!, points!] as const)
        .filter(([name]) => name !== "Rank");
      expect(results.length).to.be.within(3, 4);
      const ranked = [...results].sort((a, b) => Number(b[1]) - Number(a[1]));
      const names = ranked.map(([name]) => name);
      expect(probes(part)).to.deep.equal([inOrder(names), groups(ranked)]);
      expect(rowsOf(part)).to.deep.equal(
        ranked.map(([name, points], place) => [`${place + 1}`, name, points]),
      );
      for (const [, points] of ranked) expect(Number(points)).to.be.within(31, 90);
      expect(texts(part)).to.deep.equal(names);
    }
  });

  it("turns shares into percentages", () => {
    for (const part of drawn(arranged.shares)) {
      const figures = found(part.asks[0]!, /(\d+) of (\d+) ([a-z]+)/g) as [string, string, string][];
      expect(figures.length).to.be.within(1, 2);
      const shown = figures.map(([some, whole, label]) => [
        `${(100 * Number(some)) / Number(whole)}%`,
        label,
      ]);
      for (const [percent] of shown) expect(percent).to.match(/^\d+%$/);
      expect(probes(part)).to.deep.equal([
        all(...shown.flatMap(([percent, label]) => [says(percent!), groups([[percent!, label!]])])),
      ]);
      expect(part.blocks).to.deep.equal([
        { kind: "amounts", items: shown.map(([amount, label]) => ({ amount, label })) },
      ]);
      expect(part.subjects).to.deep.equal(shown.map(([includes]) => ({ query: { includes }, kind: "text" })));
    }
  });

  it("numbers steps from the first", () => {
    for (const part of drawn(arranged.numberedSteps)) {
      const steps = texts(part) as string[];
      expect(steps.length).to.be.within(3, 4);
      expect(steps).to.deep.equal(["Mix", "Knead", "Rest", "Bake"].slice(0, steps.length));
      expect(probes(part)).to.deep.equal([all(...steps.map((text) => exists({ text })), inOrder(steps))]);
      expect(part.asks[1]).to.contain(`in ${steps.length} numbered steps: Mix, Knead`);
    }
  });
});

describe("what a page must do when clicked", () => {
  it("switches between tabs", () => {
    for (const part of drawn(interactive.tabs)) {
      const tabs = found(part.sentences[0]!, /([A-Z]\w+) \(([a-z ]+) and ([a-z ]+)\)/g) as [
        string,
        string,
        string,
      ][];
      const [[first, ...lines], [second, ...others]] = tabs.map(([label, a, b]) => [
        label.replace(/^Put /, ""),
        a,
        b,
      ]) as [[string, string, string], [string, string, string]];
      for (const line of lines) expect(GROUPS[first]).to.include(line);
      for (const line of others) expect(GROUPS[second]).to.include(line);
      for (const said of [...part.asks, ...part.sentences]) expect(said).to.contain(first);
      expect(part.asks[0]).to.contain(`the chosen one shows, ${first} at first`);
      const tab = (text: string) => ({ role: ["tab", "button", "link", "radio"], text });
      expect(probes(part)).to.deep.equal([
        all(exists(tab(first)), exists(tab(second)), ...lines.map(says)),
        click(second, [...others.map(says), ...lines.map(gone)]),
      ]);
      expect(part.subjects.map(({ query, kind }) => [query, kind])).to.deep.equal([
        [tab(first), "control"],
        [tab(second), "control"],
      ]);
    }
  });

  it("filters a list", () => {
    const chosen = new Set<string>();
    for (const part of drawn(interactive.filter)) {
      const items = found(part.asks[2]!, /([a-z]+ [a-z]+) \((\w+)\)/g).map(
        ([name, group]) => [name!.replace(/^(?:of|and) /, ""), group!] as const,
      );
      const named = Object.keys(PRICES).filter((name) => part.asks[2]!.includes(name));
      expect(named).to.have.length(4);
      const [shown, filtering] = probes(part) as [
        Probe & { of: Probe[] },
        Probe & { query: { text: string }; expect: Probe[] },
      ];
      expect(shown.of).to.have.deep.members(named.map(says));
      const group = filtering.query.text;
      chosen.add(group);
      const inside = named.filter((name) => GROUPS[group]!.includes(name));
      expect(inside).to.have.length(2);
      expect(filtering.expect).to.have.deep.members([
        ...inside.map(says),
        ...named.filter((name) => !inside.includes(name)).map(gone),
      ]);
      expect(items).to.have.length(4);
      expect(texts(part)).to.have.members(["Bread", "Pastry"]);
    }
    expect(chosen.size).to.equal(2);
  });

  it("counts a price up and down", () => {
    for (const part of drawn(interactive.counter)) {
      const [, name, price, more, less] =
        /One ([a-z]+ [a-z]+) is €(\d+); let people press "([\w ]+)" or "([\w ]+)"/.exec(
          part.sentences[1]!,
        ) as unknown as [string, string, string, string, string];
      expect(PRICES[name]).to.equal(Number(price)).and.to.be.above(1);
      const times = (count: number) => `€${Number(price) * count}`;
      const button = (text: string) => exists({ role: "button", text });
      expect(probes(part)).to.deep.equal([
        all(button(more), button(less), says(times(1))),
        click(more, [
          says(times(2)),
          click(more, [says(times(3)), click(less, [says(times(2)), gone(times(3))])]),
        ]),
      ]);
      expect(texts(part)).to.deep.equal([more, less]);
    }
  });

  it("misses the email in a form, and only that", () => {
    const sizes = new Set<number>();
    for (const part of drawn(interactive.checkedForm)) {
      const [, listed, submit, error] =
        /Add a form for (.*) with the button (.*)\. Leave the email empty and it says "(.*)"\./.exec(
          part.sentences[1]!,
        ) as unknown as [string, string, string, string];
      const labels = listed.split(/, | and /);
      sizes.add(labels.length);
      expect(labels[1]).to.equal("Email");
      const field = (name: string) => ({ role: ["textbox", "searchbox", "spinbutton", "combobox"], name });
      const { role } = field("");
      expect(probes(part)).to.deep.equal([
        all(...labels.map((label) => exists({ role, label })), exists({ role: "button", text: submit })),
        click(submit, [says(error)]),
      ]);
      expect(part.subjects).to.deep.equal([
        ...labels.map((name) => ({ query: field(name), kind: "field" })),
        { query: { role: "button", text: submit }, kind: "control" },
      ]);
      const [form] = part.blocks as unknown as [
        { fields: { label: string; type: string }[]; required: string; error: string },
      ];
      expect(form.fields.map(({ label }) => label)).to.deep.equal(labels);
      expect(form.fields.some(({ type }) => type === "date")).to.equal(false);
      expect([form.required, form.error]).to.deep.equal(["Email", error]);
    }
    expect(sizes).to.deep.equal(new Set([2, 3, 4]));
  });

  it("unfolds answers", () => {
    for (const part of drawn(interactive.questions)) {
      const asked = found(part.asks[2]!, /"([^"]+)" \(([^)]+)\)/g) as [string, string][];
      expect(asked.length).to.be.within(2, 3);
      for (const [, answer] of asked) expect(answer).to.not.match(/\.$/);
      const [question, answer] = asked[0]!;
      expect(probes(part)).to.deep.equal([
        all(...asked.map(([text]) => exists({ text }))),
        { kind: "click", query: { text: question }, expect: [says(answer)] },
      ]);
      expect(texts(part)).to.deep.equal(asked.map(([text]) => text));
    }
  });
});
