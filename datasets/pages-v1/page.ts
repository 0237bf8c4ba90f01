import { createRandom } from "../../infra/random.js";
import type { Brief } from "./brief.js";
import { ACCENTS, DARK_GROUNDS, LIGHT_GROUNDS } from "./lexicon/names.js";
import type { Block } from "./part.js";
import { SCHOOLS, type School } from "./schools/index.js";
import { each, escapeText as esc } from "./schools/school.js";
import { scriptFor } from "./script.js";

/** How many schools build the page of a task. */
export const REFERENCES = 3;

/** The page of a brief in several schools, the first of which is the task's reference. Each chooses by itself what was left open. */
export function writePages(brief: Brief): string[] {
  const random = createRandom(brief.seed).stream("pages-v1/schools");
  return random.sample(SCHOOLS, REFERENCES).map((school) => writePage(brief, school));
}

/** The page of a brief in one school. Equal briefs give equal pages. */
export function writePage(brief: Brief, school: School): string {
  const random = createRandom(brief.seed).stream(`pages-v1/${school.name}`);
  const { brand, links, menu, footer, parts, calling, look: asked } = brief;
  const look = {
    accent: (asked.accent ?? random.pick(ACCENTS))[1],
    ground: (asked.ground ??
      random.pick<readonly [string, string]>(asked.dark ? DARK_GROUNDS : LIGHT_GROUNDS))[1],
    dark: asked.dark,
    face: asked.face ?? random.pick(["serif", "sans-serif"] as const),
    align: asked.align ?? random.pick(["center", "left"] as const),
  };
  const shown = JSON.stringify(parts.map(({ blocks }) => blocks));
  const unsaid = brief.topic.traits.filter(({ sentence }) => !shown.includes(sentence));
  const promise = random.pick(unsaid.length > 0 ? unsaid : brief.topic.traits).sentence;
  const lead = esc(`${brand} is ${calling}. ${promise}`);
  const sections = parts.map(({ titles, blocks }, i) =>
    school.section(
      esc(random.pick(titles)),
      blocks.map((block, j) => blockOf(school, block, `p${i}${j}`)).join("\n"),
      i,
    ),
  );
  const button = school.button(esc(brief.action), `type="button"`);
  const body = [
    ...(links.length > 0 ? [school.navigation({ brand: esc(brand), links: links.map(esc), menu })] : []),
    school.name === "components" ? `<div role="main">` : "<main>",
    school.opening({ headline: esc(brief.headline), lead, button }),
    ...sections,
    school.name === "components" ? "</div>" : "</main>",
    ...(footer === null ? [] : [school.footer(esc(footer))]),
  ].join("\n");
  const title = random.pick([brand, `${brand} – ${brief.headline}`, `${brief.headline} | ${brand}`]);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(title)}</title>
<style>
${school.css(look)}
${menu ? MENU : `[hidden]{display:none!important}`}
</style>
</head>
<body class="page">
${body}
${scriptFor(body)}</body>
</html>`;
}

const MENU = `[hidden]{display:none!important}
[data-menu]{display:none}
@media(max-width:480px){[data-menu]{display:inline-block}body:not(.menu-open) nav a[href]:not([href="/"]):not(.logo),body:not(.menu-open) [role=navigation] a{display:none}}`;

function blockOf(school: School, block: Block, id: string): string {
  switch (block.kind) {
    case "text":
      return `<p>${esc(block.text)}</p>`;
    case "button":
      return school.button(esc(block.text), `type="button"`);
    case "cards":
      return school.row(block.items.map(({ title, text }) => school.card(esc(title), esc(text))));
    case "prices":
      return each(block.groups, ({ name, items }) => {
        const list = school.prices(items.map((item) => ({ name: esc(item.name), price: esc(item.price) })));
        return name === null ? list : school.group(esc(name), list);
      });
    case "table":
      return school.table(
        block.head.map(esc),
        block.rows.map((row) => row.map(esc)),
        block.foot?.map(esc),
      );
    case "form":
      return `<form novalidate>${each(block.fields, ({ label, type }, i) => school.field(esc(label), `${id}-${i}`, type))}<p data-error role="alert" hidden>${esc(block.error)}</p>${school.button(esc(block.submit), `type="submit" data-submit`)}</form>`;
    case "questions":
      return each(block.items, ({ question, answer }, i) =>
        school.fold(esc(question), esc(answer), `${id}-${i}`),
      );
    case "quotes":
      return each(block.items, ({ text, by }) => school.quote(esc(text), esc(by)));
    case "amounts":
      return school.row(block.items.map(({ amount, label }) => school.amount(esc(amount), esc(label))));
    case "steps":
      return school.steps(block.items.map(esc));
    case "tabs":
      return `<div role="tablist">${each(block.tabs, ({ label }, i) => school.choice(esc(label), `type="button" role="tab" data-tab="${id}-${i}" aria-selected="${i === 0}"`))}</div>${each(block.tabs, ({ lines }, i) => `<div id="${id}-${i}" role="tabpanel"${i === 0 ? "" : " hidden"}>${school.list(lines.map(esc))}</div>`)}`;
    case "filter":
      return `<div>${each(["All", ...block.groups], (name, i) => school.choice(esc(name), `type="button" data-filter="${i === 0 ? "" : esc(name)}" aria-pressed="${i === 0}"`))}</div><ul>${each(block.items, ({ name, group }) => `<li data-group="${esc(group)}">${esc(name)}</li>`)}</ul>`;
    case "counter":
      return `<div data-count="${block.price}" data-currency="${block.currency}"><p>${esc(block.item)}: <output>1</output></p>${school.choice(esc(block.less), `type="button" data-by="-1"`)}${school.choice(esc(block.more), `type="button" data-by="1"`)}<p>Total <strong data-sum>${block.currency}${block.price}</strong></p></div>`;
    case "people":
      return school.row(block.items.map(({ name, role }) => school.person(esc(name), esc(role))));
    case "details":
      return school.details(
        block.items.map(({ label, value }) => ({ label: esc(label), value: esc(value) })),
      );
  }
}
