/** A page with what is known of its worth and what a reward paid for it. */
export interface AgreementSample {
  readonly task: string;
  /** What the page was made from: `reference` or the name of a design. */
  readonly base: string;
  readonly group: "competent" | "ruined" | "spoiled" | "graded";
  /** Family of a ruin or of graded damage; "" for the others. */
  readonly family: string;
  readonly name: string;
  /** Of graded damage, 1 to 5; else 0. */
  readonly grade: number;
  /** Share of the reward's range, 0 to 1; null when it could not be taken. */
  readonly value: number | null;
  readonly parts: Readonly<Record<string, number | null>>;
  readonly message?: string;
  /** PNG of the render; null when nothing rendered. */
  readonly picture: Uint8Array | null;
}

/** Mean, least and greatest share of the range over some pages. */
export interface Spread {
  readonly mean: number;
  readonly least: number;
  readonly most: number;
  readonly pages: number;
}

/** What a reward pays for pages of known worth, as shares of its range. */
export interface AgreementReport {
  readonly reward: string;
  readonly tasks: readonly string[];
  /** All competent designs, and each by name. */
  readonly competent: Spread | null;
  readonly designs: Readonly<Record<string, Spread>>;
  /** Pages nobody could use, all and by family; then every kind by name, dearest first. */
  readonly worthless: Spread | null;
  readonly families: Readonly<Record<string, Spread>>;
  readonly kinds: readonly { readonly family: string; readonly name: string; readonly spread: Spread }[];
  /** Share of pairs of one task in which a page nobody could use is paid at least as much as a competent one. */
  readonly inversions: number | null;
  /** Mean Kendall tau-b of grade and loss within a page and family of damage. */
  readonly tau: number | null;
  /** Share of pairs, across pages and designs, in which acceptable damage is paid more than heavy damage. */
  readonly acrossPages: number | null;
  /** What spoiling one part costs, beside the least it should. */
  readonly spoiled: readonly { readonly name: string; readonly loss: number; readonly share: number }[];
  /** Pages without a score. */
  readonly unmeasured: number;
  readonly samples: readonly AgreementSample[];
}
