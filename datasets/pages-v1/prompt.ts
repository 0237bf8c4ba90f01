import type { RandomStream } from "../../infra/random.js";
import type { AskedLook, Brief } from "./brief.js";
import { listed } from "./part.js";

/** A way of writing a request: what every voice must say is handed to it, what it says besides is its own. */
type Voice = (said: Said) => string;

interface Said {
  readonly brief: Brief;
  readonly random: RandomStream;
  /** Noun phrases for the opening and every part, in the order in which they are to stand. */
  readonly phrases: readonly string[];
  /** Sentences for the same. */
  readonly sentences: readonly string[];
  readonly navigation: string | null;
  readonly footer: string | null;
  readonly look: readonly string[];
}

/** The request for a page as one of many people might write it. Everything that is checked is said in it. */
export function writeRequest(brief: Brief, random: RandomStream): string {
  const hero = `"${brief.headline}"`;
  const opening = random.pick([
    `a big opening with the headline ${hero} and a button that says ${brief.action}`,
    `the headline ${hero} above a ${brief.action} button`,
    `a first screen that reads ${hero}, with the button ${brief.action}`,
  ]);
  const openingSentence = random.pick([
    `The headline should be ${hero}, with a button that says ${brief.action}.`,
    `Greet people with ${hero} and a ${brief.action} button.`,
    `On top, write ${hero} and put a button "${brief.action}" under it.`,
  ]);
  const said: Said = {
    brief,
    random,
    phrases: [opening, ...brief.parts.map(({ asks }) => random.pick(asks))],
    sentences: [openingSentence, ...brief.parts.map(({ sentences }) => random.pick(sentences))],
    navigation: navigationPhrase(brief, random),
    footer:
      brief.footer === null
        ? null
        : random.pick([`a footer that says ${brief.footer}`, `the footer "${brief.footer}"`]),
    look: lookPhrases(brief.look, random),
  };
  return random.pick(brief.ordered ? [...ORDERED, ...EITHER] : [...LOOSE, ...EITHER])(said);
}

function navigationPhrase({ links, menu }: Brief, random: RandomStream): string | null {
  if (links.length === 0) return null;
  const bar = random.pick([
    `a navigation with ${listed(links)}`,
    `a menu bar linking to ${listed(links)}`,
    `links to ${listed(links)} on top`,
  ]);
  return menu
    ? `${bar}, which ${random.pick(["on a phone hide behind a button Menu", "collapse into a Menu button on small screens"])}`
    : bar;
}

function lookPhrases({ accent, ground, face, align }: AskedLook, random: RandomStream): string[] {
  const phrases: string[] = [];
  if (accent)
    phrases.push(
      random.pick([`${accent[0]} buttons`, `buttons in ${accent[0]}`, `${accent[0]} for the buttons`]),
    );
  if (ground)
    phrases.push(
      random.pick([
        `${/^[aeiou]/.test(ground[0]) ? "an" : "a"} ${ground[0]} background`,
        `${ground[0]} as the background`,
      ]),
    );
  if (face)
    phrases.push(
      random.pick([
        `a ${face === "serif" ? "serif" : "sans-serif"} headline`,
        `the headline in a ${face} face`,
      ]),
    );
  if (align)
    phrases.push(
      align === "center"
        ? "a centered headline"
        : random.pick(["a left-aligned headline", "the headline on the left"]),
    );
  return phrases;
}

const start = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const sentence = (text: string) => (/[.!?"]$/.test(text) ? text : `${text}.`);

/** What has nothing to do with the page, as people write. */
const ASIDES = [
  "We open again in spring, so there is some time.",
  "My nephew will put it on the server.",
  "The old site was lost with the laptop.",
  "Nothing fancy, but it should look cared for.",
  "I have no photographs yet.",
  "Please keep the tone friendly.",
  "Most of our visitors are on their phones.",
  "Surprise me with the rest.",
  "My business partner wants to see it on Friday.",
  "It must not look like everybody else's.",
  "You decide on spacing and such.",
  "I am not a designer, as you can tell.",
  "Use semantic markup and keep it accessible.",
  "The layout has to be responsive.",
  "We tried a template before and it looked generic.",
  "Somebody recommended you after the exhibition.",
  "Accessibility matters to us; half our customers wear glasses.",
  "Make sure buttons give some feedback when hovered.",
  "Performance counts, since reception here is terrible.",
  "Our budget is modest but we pay promptly.",
  "Do not add a newsletter popup.",
  "Feel free to rearrange whatever I did not mention.",
  "The previous agency never finished.",
  "We will translate it later, so keep text and layout separate.",
] as const;

const aside = ({ random }: Said) => (random.next() < 0.5 ? ` ${random.pick(ASIDES)}` : "");

const colours = (said: Said, write: (look: string) => string) =>
  said.look.length === 0 ? "" : ` ${write(listed(said.look))}`;

const frame = ({ navigation, footer }: Said, write: (what: string) => string) => {
  const what = [navigation, footer].filter((each) => each !== null);
  return what.length === 0 ? "" : ` ${write(listed(what))}`;
};

/** Everything in its order: navigation, opening, parts, footer. */
const whole = ({ navigation, phrases, footer }: Said) => [
  ...(navigation === null ? [] : [navigation]),
  ...phrases,
  ...(footer === null ? [] : [footer]),
];

const ORDERED: readonly Voice[] = [
  (said) =>
    `${said.brief.brand} is ${said.brief.calling}, and we need a page. From top to bottom it should have ${whole(said).join("; then ")}.${colours(said, (look) => `Use ${look}.`)}${aside(said)}`,
  (said) =>
    `Design a one-page site for ${said.brief.brand}, ${said.brief.calling}.\n\nSections, in this order:\n${whole(
      said,
    )
      .map((each, i) => `${i + 1}. ${start(each)}`)
      .join("\n")}${said.look.length === 0 ? "" : `\n\nLook: ${said.look.join(", ")}.`}`,
  (said) =>
    `# ${said.brief.brand}\n\nWe are ${said.brief.calling}.${colours(said, (look) => `Style: ${look}.`)}\n\n## Page, top to bottom\n\n${whole(
      said,
    )
      .map((each) => `- ${start(each)}`)
      .join("\n")}`,
  (said) =>
    `Landing page, ${said.brief.calling} called ${said.brief.brand}. Order matters: ${whole(said).join(" / ")}.${colours(said, (look) => `${start(look)}.`)}`,
];

const LOOSE: readonly Voice[] = [
  (said) => {
    const [opening, ...rest] = said.sentences;
    return `Hi! I run ${said.brief.calling} named ${said.brief.brand} and would like a website.${aside(said)} ${opening} ${said.random.shuffle(rest).join(" ")}${frame(said, (what) => `It also needs ${what}.`)}${colours(said, (look) => `I would love ${look}.`)} Thanks!`;
  },
  (said) =>
    `Please implement a website for ${said.brief.brand}, ${said.brief.calling}. ${said.sentences.join(" ")}${frame(said, (what) => `The site should also have ${what}.`)}${colours(said, (look) => `Set ${look}.`)}`,
  (said) =>
    `Requirements for ${said.brief.brand} (${said.brief.calling})\n${said.random
      .shuffle(said.sentences)
      .map((each) => `* ${each}`)
      .join(
        "\n",
      )}${frame(said, (what) => `\n* Add ${what}.`).trimStart() === "" ? "" : `\n* Add ${listed([said.navigation, said.footer].filter((each) => each !== null))}.`}${said.look.length === 0 ? "" : `\n* Visual style: ${said.look.join("; ")}.`}`,
];

const EITHER: readonly Voice[] = [
  (said) =>
    `Dear designer,\n\nwe are ${said.brief.brand}, ${said.brief.calling}. ${said.sentences.join(" ")}${frame(said, (what) => `Do not forget ${what}.`)}${aside(said)}${colours(said, (look) => `As for the look: ${look}.`)}${said.brief.ordered ? " Please keep everything in the order of this letter." : ""}\n\nYours, the people of ${said.brief.brand}`,
  (said) =>
    `${start(said.brief.calling)} needs a page. The name is ${said.brief.brand}.${said.brief.ordered ? " In this order:" : ""} ${said.phrases.map((each) => sentence(start(each))).join(" ")}${frame(said, (what) => `${start(what)}.`)}${colours(said, (look) => `${start(look)}, please.`)}${aside(said)}`,
];
