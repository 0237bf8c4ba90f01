/**
 * The closed lists that pages are written from. They are short on purpose: a policy of a million parameters meets every
 * word often enough to learn it. No word needs escaping in HTML.
 */

export const BRANDS = [
  ..."Alba Arbor Atlas Aura Basil Birch Brio Calla Cedar Cinder Clover Coral Dahlia Delta Ember Fable".split(
    " ",
  ),
  ..."Fern Flint Glade Harbor Hazel Heron Indigo Juno Kite Lark Linden Luma Maple Mira Nimbus Nova".split(
    " ",
  ),
  ..."Oak Onda Opal Orbit Pebble Pine Quill Raven Rill Sable Sage Sol Tansy Vela Wren Zephyr".split(" "),
] as const;

/** What the brand is, and how its lead sentence goes on. */
export const TOPICS = [
  ["coffee bar", "on a quiet corner"],
  ["book shop", "for slow readers"],
  ["design studio", "with a steady hand"],
  ["yoga school", "for every age"],
  ["bike shop", "close to the park"],
  ["code school", "for curious minds"],
  ["flower shop", "with fresh stems every day"],
  ["music club", "with a warm stage"],
  ["travel club", "for small groups"],
  ["bakery", "with a very old oven"],
  ["photo studio", "full of soft light"],
  ["garden shop", "for small balconies"],
] as const;

export const HEADLINE_STARTS = [
  "Make",
  "Find",
  "Start",
  "Share",
  "Enjoy",
  "Plan",
  "Love",
  "Choose",
  "Discover",
  "Bring home",
] as const;

export const HEADLINE_OBJECTS = [
  "better days",
  "good company",
  "quiet moments",
  "bright ideas",
  "simple things",
  "fresh starts",
  "small wonders",
  "long weekends",
  "honest work",
  "warm evenings",
] as const;

/** An empty end is as likely as any other. */
export const HEADLINE_ENDS = ["", "together", "every day", "with ease"] as const;

export const ACTIONS = [
  "Look inside",
  "Book now",
  "Join us",
  "Meet the team",
  "Try it free",
  "See more",
  "Order now",
  "Say hello",
  "Plan a visit",
  "Take a tour",
] as const;

export const LINKS =
  "Home About Work Shop News Team Menu Visit Blog Help Events Prices Contact Stories Jobs Press Tours Classes Guide Map".split(
    " ",
  );

/** Card titles and the sentence each is explained with. */
export const QUALITIES = [
  ["Speed", "Ready when you are."],
  ["Care", "We look after the details."],
  ["Craft", "Made by hand, made to last."],
  ["Trust", "Clear words and fair prices."],
  ["Style", "A calm look that stays fresh."],
  ["Value", "More for less, every day."],
  ["Focus", "One thing at a time."],
  ["Comfort", "Feel at home with us."],
  ["Safety", "Your data stays with you."],
  ["Growth", "Small steps that add up."],
  ["Balance", "Time for work and rest."],
  ["Support", "Real people who answer."],
] as const;

export const PLANS = ["Basic", "Solo", "Plus", "Pro", "Team", "Family", "Studio", "Premium"] as const;
/** Dollars a month, rising from plan to plan. */
export const PRICES = [5, 9, 12, 15, 19, 24, 29, 39, 49, 59, 79, 99] as const;

export const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
export const HOURS = ["7 to 15", "8 to 16", "9 to 17", "9 to 20", "10 to 18", "11 to 22"] as const;
export const CITIES = ["Oslo", "Lisbon", "Kyoto", "Quito", "Dublin", "Porto", "Turin", "Malmo"] as const;
export const MONTHS = ["March", "April", "May", "June", "July", "August"] as const;

/** Field labels and the control each needs. */
export const FIELDS = [
  ["Name", `<input name="name" autocomplete="name">`],
  ["Email", `<input name="email" type="email">`],
  ["Phone", `<input name="phone" type="tel">`],
  ["City", `<input name="city">`],
  ["Company", `<input name="company">`],
  ["Message", `<textarea name="message"></textarea>`],
] as const;
export const SUBMITS = ["Send", "Submit", "Sign up", "Ask us", "Reserve"] as const;

export const PEOPLE = [
  ["Ada", "I came once and never left."],
  ["Ivy", "The best hour of my week."],
  ["Kai", "Kind people and great work."],
  ["Leo", "It just feels right."],
  ["Mia", "I tell all my friends."],
  ["Noor", "Simple, calm and quick."],
  ["Sam", "Worth every minute."],
  ["Tess", "They thought of everything."],
] as const;

export const QUESTIONS = [
  ["Is it free?", "Yes, for the first month."],
  ["Can I cancel?", "Yes, at any time."],
  ["Where are you?", "Right by the old bridge."],
  ["Can I bring a friend?", "Please do."],
  ["Do I need to book?", "Only at weekends."],
  ["Is there parking?", "Yes, behind the house."],
] as const;

export const AMOUNTS = [8, 12, 24, 36, 48, 60, 90, 120, 240, 500] as const;
export const AMOUNT_LABELS = [
  "cities",
  "teams",
  "guests",
  "awards",
  "members",
  "books",
  "hours",
  "friends",
] as const;

export const STEPS = [
  "Ask",
  "Choose",
  "Plan",
  "Meet",
  "Build",
  "Test",
  "Book",
  "Relax",
  "Enjoy",
  "Share",
] as const;

export const CALLS = [
  "Ready to start?",
  "Come and see us",
  "Let us talk",
  "Your turn now",
  "Stay in touch",
  "Be our guest",
] as const;

export const CALL_ACTIONS = ["Call us", "Write to us", "Drop by", "Start today", "Come along"] as const;

export const FOOTERS = ["Open every day", "Thanks for visiting", "See you soon", "Made with care"] as const;
