const words = (text: string) => text.trim().split(/\s+/);

/** First halves of brand names. */
export const BRAND_HEADS = words(`
Marlow Hollow Tamsin Briar Quarry Lantern Saltmarsh Kestrel Foundry Orchard Beacon Thistle Copper Harrow Juniper Willow Pepper Anchor
Meridian Sparrow Cobalt Dovetail Ferris Gable Hearth Inkwell Jasper Kindle Larkspur Mosaic Nettle Osprey Parsley Quince Rowan Sorrel
Tandem Umber Verity Walnut Yarrow Zenith Bramble Cardinal Driftwood Elderly Fathom Granary Hopscotch Isobar Kelp Loom Mercer Northgate
Almanac Buttress Cartwheel Dunlin Estuary Flotsam Gossamer Halcyon Ironwood Jackdaw Keystone Limelight Millrace Nightjar Overture
Palisade Quicksilver Rookery Sextant Tollgate Upland Viaduct Wayfarer Yonder Zinnia`);

/** Second halves; "" leaves the first alone. */
export const BRAND_TAILS = [
  "",
  "",
  "",
  "& Co",
  "House",
  "Works",
  "Lane",
  "Collective",
  "& Daughters",
  "Yard",
  "Street",
  "Union",
  "Room",
];

export const FIRST_NAMES = words(`
Amara Benedikt Celeste Dmitri Esther Farid Greta Hiroshi Imani Joaquin Keira Lucjan Maren Nikhil Odette Pavel Quentin Rosalind Stellan
Thandi Ulrike Vikram Wilhelmina Xiomara Yusuf Zsofia Anders Bruna Caspian Delphine Emeka Fiadh
Gwendolyn Henrik Ingrid Jamila Kofi Leocadia Mateusz Nerissa Oluwaseun Priyanka Rufus Solveig Teodora Umberto Valentina Wolfgang`);

export const LAST_NAMES = words(`
Okafor Lindqvist Moreau Castellanos Ibarra Novak Takahashi Oyelaran Petrova Quigley Rahman Szabo Thorne Ulloa Vandenberg Whitcombe
Yilmaz Zielinski Ashworth Bellweather Corrigan Dragomir Eriksen Fontaine Gallagher Haddad`);

export const STREETS = [
  "12 Weaver Street",
  "3 Old Mill Lane",
  "48 Harbour Road",
  "7 Station Square",
  "91 Chapel Hill",
  "5 Bridge Row",
  "26 Garden Terrace",
];

/** Colours as people name them, with the colour each reference is set in; white text on it has a contrast of 4.5:1 at least. */
export const ACCENTS = [
  ["teal", "#0f766e"],
  ["forest green", "#1d6b34"],
  ["olive", "#5d6a17"],
  ["royal blue", "#2456c9"],
  ["navy", "#1f2f6b"],
  ["indigo", "#4a3fd0"],
  ["purple", "#7e2fc4"],
  ["magenta", "#b01b7c"],
  ["crimson", "#b3122f"],
  ["red", "#c22a22"],
  ["burnt orange", "#b04a08"],
  ["brown", "#7d4f24"],
  ["slate gray", "#546070"],
  ["steel blue", "#3a6b94"],
  ["dark cyan", "#0b7285"],
] as const;

/** Grounds as people name them. */
export const LIGHT_GROUNDS = [
  ["white", "#ffffff"],
  ["ivory", "#fffff0"],
  ["alice blue", "#f0f8ff"],
  ["snow", "#fffafa"],
  ["light gray", "#f0f1f3"],
  ["mint cream", "#f5fffa"],
  ["linen", "#faf0e6"],
  ["lavender", "#f3f0ff"],
] as const;

export const DARK_GROUNDS = [
  ["black", "#0a0a0b"],
  ["midnight blue", "#101735"],
  ["charcoal", "#1e2024"],
  ["dark green", "#0d1f17"],
  ["dark slate", "#17202a"],
] as const;

/** What guests say; each fits any topic. */
export const PRAISE = [
  "I went in doubting and came out a regular.",
  "They remembered my name and my complaint, and fixed both.",
  "Straight answers, which I had nearly forgotten existed.",
  "It took them a week to do what others had promised for a year.",
  "My mother, who likes nothing, likes it.",
  "Worth the detour, worth the money, worth telling people about.",
  "The details give it away: somebody here cares.",
  "We have stopped looking for anything else.",
  "Quietly the best part of my month.",
  "I have sent half my street.",
  "No fuss, no upselling, just very good work.",
  "The second time was even better than the first.",
] as const;

export const WEEKDAYS = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
] as const;
export const MONTH_NAMES = words(
  "January February March April May June July August September October November December",
);
