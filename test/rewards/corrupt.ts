import { createRandom } from "../../infra/random.js";

/** Ways to make a good page worse, each at a strength of 0 (unchanged) to 5. */
export const CORRUPTIONS: Readonly<Record<string, (html: string, strength: number) => string>> = {
  move: (html, strength) =>
    styled(html, `main{position:relative;left:${24 * strength}px;top:${30 * strength}px}`, strength),
  recolour: (html, strength) => styled(html, `html{filter:hue-rotate(${30 * strength}deg)}`, strength),
  drop: (html, strength) => {
    const random = createRandom("drop");
    return html.replace(LEAF, (leaf) => (random.next() < strength / 6 ? "" : leaf));
  },
  retext: (html, strength) => {
    const random = createRandom("retext");
    return html.replace(LEAF, (_, open: string, text: string, close: string) => {
      const words = text.replace(/[^\s]+/g, (word) => (random.next() < strength / 6 ? reversed(word) : word));
      return `${open}${words}${close}`;
    });
  },
  rescale: (html, strength) => styled(html, `html{zoom:${1 + 0.12 * strength}}`, strength),
};

/** An element that holds text alone. */
const LEAF = /(<(?:h\d|p|li|a|button|th|td|b|label)\b[^>]*>)([^<]+)(<\/\w+>)/g;

function styled(html: string, css: string, strength: number): string {
  if (strength === 0) return html;
  return html.includes("</style>")
    ? html.replace("</style>", `${css}\n</style>`)
    : `${html}<style>${css}</style>`;
}

function reversed(word: string): string {
  return [...word].reverse().join("");
}
