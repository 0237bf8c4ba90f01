/**
 * Which elements a probe is about. All given fields must hold. Only elements a person can see count: text that is
 * transparent, clipped, off the page, tiny, or of its background's colour does not exist for a probe.
 *
 * Texts are compared after collapsing white space, ignoring case, kinds of quotes and dashes, and whatever stands around the words that is
 * neither letter, digit nor currency: `Order now →` reads `Order now`. Of nested matches only the innermost counts.
 *
 * @example
 * const link: Query = { role: "link", text: "Docs", within: { role: "navigation" } };
 */
export interface Query {
  /** ARIA role, explicit or that of the tag (`heading`, `link`, `button`, `textbox`, `row`, ...), or one of several. */
  readonly role?: string | readonly string[];
  /** Heading level, 1 to 6. */
  readonly level?: number;
  /**
   * The whole visible text; without a role also one run of it, such as `cities` in `<b>120</b> cities`, or where nothing reads just so, a
   * short text that begins or ends with it and adds at most three words: `$9 / month`, `Ada, a guest`.
   */
  readonly text?: string;
  /** Text that has at least two thirds of its words in common with the visible text, in order. */
  readonly like?: string;
  /** A part of the visible text, of whole words. */
  readonly includes?: string;
  /** The accessible name, from sources that can be seen: a label, a caption, alternative text, the content. */
  readonly name?: string;
  /** What a person sees as a field's label: a label's text, a placeholder, the text around a field that stands alone. */
  readonly label?: string;
  /** A picture with this caption or name that paints something; "" for any painted picture. */
  readonly picture?: string;
  readonly css?: string;
  /** An element that must be around it, or be it. */
  readonly within?: Query;
}

/**
 * What must hold for an element. A universal rule never counts by itself, only for content the task asks for.
 *
 * - `contrast`: 4.5:1, or 3:1 for large text (WCAG 2.2, 1.4.3); against the worst colour of a gradient
 * - `fits`: lies within the viewport's width, and the page does not scroll sideways
 * - `landmark`: lies in the landmark named by `landmark`; for `main` there is exactly one
 * - `outline`: its heading, or the nearest before it, continues an outline that has one level-1 heading and skips no level
 * - `named`: has an accessible name; a form field has a label of its own
 * - `focusable`: reached by Tab, in reading order
 * - `legible`: text of at least 14 px, lines of at most 110 characters, not set tighter than its own size
 * - `tappable`: at least 24 by 24 px (WCAG 2.2, 2.5.8)
 * - `uncovered`: nothing lies on top of it and nothing cuts it off
 * - `light`, `dark`: what lies behind it is light (relative luminance above 0.6) or dark (below 0.1)
 */
export type Rule =
  | "contrast"
  | "fits"
  | "landmark"
  | "outline"
  | "named"
  | "focusable"
  | "legible"
  | "tappable"
  | "uncovered"
  | "light"
  | "dark";

/** Names that people call colours by in a request. */
export type ColorName =
  | "teal"
  | "green"
  | "olive"
  | "blue"
  | "navy"
  | "indigo"
  | "purple"
  | "pink"
  | "red"
  | "orange"
  | "brown"
  | "gray"
  | "yellow"
  | "black"
  | "white"
  | "beige"
  | "cyan"
  | "lime";

/** What a probe measures at one width. Every score is between 0 and 1. */
export type Check =
  /** 1 when something matches. `css` alone is short for a query. */
  | { readonly kind: "exists"; readonly query?: Query; readonly css?: string }
  /** `min(found, equals) / max(found, equals)`. */
  | { readonly kind: "count"; readonly query: Query; readonly equals: number }
  /** The share of words, in order, that the best match has in common with `equals`. */
  | { readonly kind: "text"; readonly query: Query; readonly equals: string }
  /** The texts of all matches in reading order: longest common subsequence over the longer length. */
  | { readonly kind: "sequence"; readonly query: Query; readonly equals: readonly string[] }
  /** Each group's texts stand in one box of their own. Half of a group's point is for being on the page at all. */
  | { readonly kind: "groups"; readonly groups: readonly (readonly string[])[] }
  /** The computed value of `property` of the first match is one of `oneOf`. */
  | {
      readonly kind: "style";
      readonly query: Query;
      readonly property: string;
      readonly oneOf: readonly string[];
    }
  /** The first match is set in a typeface with serifs, or in one without. */
  | { readonly kind: "typeface"; readonly query: Query; readonly face: "serif" | "sans-serif" }
  /** The computed length lies in [`min`, `max`] px; falls to 0 at a third of it outside. */
  | {
      readonly kind: "length";
      readonly query: Query;
      readonly property: string;
      readonly min?: number;
      readonly max?: number;
    }
  /** How near a colour is in OKLab: 1 up to a distance of `tolerance` (default 0.08), 0 from three times that. */
  | {
      readonly kind: "color";
      readonly query: Query;
      readonly of: "text" | "background";
      readonly near: string;
      readonly tolerance?: number;
    }
  /** How well people would call a colour so: 1 when the nearest of many named shades has this name, 0 from twice as far. */
  | {
      readonly kind: "color";
      readonly query: Query;
      readonly of: "text" | "background";
      readonly named: ColorName;
    }
  /** Most of the page's picture is light or dark, and the match is there; half for what lies behind the match alone. */
  | { readonly kind: "theme"; readonly query: Query; readonly theme: "light" | "dark" }
  /** The first match stands on a surface of another colour than the page. */
  | { readonly kind: "band"; readonly query: Query }
  /** The share of matches that bear their number: a list's mark, a counter, a figure in their box. */
  | { readonly kind: "numbered"; readonly queries: readonly Query[] }
  /** The share of matches whose own box says at least `words` words more, such as the quote of a person. */
  | { readonly kind: "company"; readonly queries: readonly Query[]; readonly words: number }
  /** Falls by half with each heading that belongs to none of the sections; one above each section is its own. */
  | { readonly kind: "foreign"; readonly sections: readonly (readonly Query[])[] }
  /** 1 when at most `most` of these names can be read on the page, as whole words with their capitals; else 0. */
  | { readonly kind: "names"; readonly names: readonly string[]; readonly most: number }
  /** After a click: text can be seen, at or below what was clicked, that could not be before. */
  | { readonly kind: "revealed" }
  /** The cards around the queries' first matches stand in rows of `columns`. The share of right neighbours. */
  | { readonly kind: "columns"; readonly queries: readonly Query[]; readonly columns: number }
  /** The queries lie below one another in this order. The share of right neighbours. */
  | { readonly kind: "order"; readonly queries: readonly Query[] }
  /** The share of cells that the best table has where they belong. */
  | { readonly kind: "table"; readonly rows: readonly (readonly string[])[] }
  /** The title includes `title`; with `language`, half of the point is for a language of the document. */
  | { readonly kind: "document"; readonly title: string; readonly language?: boolean }
  /**
   * The mean over `subjects` of found times fulfilled. With `least`, the mean over those found; where less than this share of them is
   * found, one of many forgiven, it shrinks with the square of what is there, and a page without any has no quality.
   */
  | {
      readonly kind: "quality";
      readonly least?: number;
      readonly rule: Rule;
      readonly subjects: readonly Query[];
      readonly landmark?: string;
    };

/**
 * A probe is a check that runs in the rendered page: data, never code, so that a checklist can be stored, sent and
 * compared. `env/render/probes/` executes it in an isolated script world that the page cannot tamper with.
 *
 * - a `Check`, measured at the task's viewport or, with `width`, at another viewport width in CSS px
 * - `all`: the mean of several probes
 * - `whole`: 1 when all of `of` hold (three quarters of one are enough) and so do all of `without`, e.g. that nothing else is there; a part that is
 *   missing costs four times its share
 * - `click`: what the mean of `expect` is after a real click on the first match; 0 when nothing matches
 * - `legibility`: the share of the page's text that can be read in its pixels, also further down, under the mouse and at other times
 * - `axe`: what axe-core finds wrong with the accessibility of the page as it stands before any click
 *
 * @example
 * const heading: Probe = { kind: "text", query: { role: "heading", level: 1 }, equals: "Make better days" };
 * const faq: Probe = {
 *   kind: "click",
 *   query: { text: "Is it free?" },
 *   expect: [{ kind: "exists", query: { includes: "Yes" } }],
 * };
 */
export type Probe =
  | (Check & { readonly width?: number })
  | { readonly kind: "all"; readonly of: readonly Probe[] }
  | { readonly kind: "whole"; readonly of: readonly Probe[]; readonly without: readonly Probe[] }
  | { readonly kind: "click"; readonly query: Query; readonly expect: readonly Probe[] }
  | { readonly kind: "legibility" }
  | { readonly kind: "axe" };

/** How much a violation hinders people, as axe-core has it. */
export type Impact = "minor" | "moderate" | "serious" | "critical";

/** A rule of axe-core that is broken. */
export interface Violation {
  /** E.g. `image-alt`; explained at dequeuniversity.com/rules/axe. */
  readonly rule: string;
  readonly impact: Impact;
  /** One sentence: what should be. */
  readonly help: string;
  /** Elements that break it. */
  readonly count: number;
  /** CSS selectors of the first of them. */
  readonly selectors: readonly string[];
}

/** What axe-core says about a page: WCAG 2.2 A and AA, and best practice. */
export interface AccessibilityAudit {
  /** Of axe-core. */
  readonly version: string;
  /** Rules that apply and hold. */
  readonly passes: number;
  readonly violations: readonly Violation[];
}

/** The outcome of one probe. */
export interface ProbeResult {
  /** Fraction fulfilled, 0 to 1. Null when the probe itself could not be run. */
  readonly score: number | null;
  /** One sentence: what was expected, what was found. */
  readonly detail: string;
  /** Of an `axe` probe that could be run. */
  readonly audit?: AccessibilityAudit;
  /** Of a `legibility` probe: shares of the text that can be read in the picture, and of that on a second look; 0 to 1. */
  readonly legibility?: { readonly share: number; readonly steady: number };
}
