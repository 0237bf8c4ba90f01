// A reward of one's own: does the page have one headline, and is it short?
import { pathToFileURL } from "node:url";
import { defineReward, registerReward, scored, scoreHtml, unscored } from "webgen-gym";

const LONGEST = 40; // characters

export const headline = defineReward({
  name: "headline",
  needs: ["page"],
  score({ page }) {
    if (page === null) return unscored("skipped", "Nothing was rendered.");
    const { elements, texts } = page.snapshot;
    const headlines = texts.filter(({ element }) => elements[element]?.tag === "h1");
    if (headlines.length !== 1) return scored(0, { headlines: headlines.length });
    return scored(headlines[0].text.length <= LONGEST ? 1 : 0.5, { text: headlines[0].text });
  },
});

// Now `--reward headline` and formulas such as "render * headline" know it.
registerReward(headline);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const page = (body) => `<!DOCTYPE html><html><body>${body}</body></html>`;
  const good = await scoreHtml(headline, page("<h1>Coral, a garden shop</h1>"));
  const none = await scoreHtml(headline, page("<p>Coral, a garden shop</p>"));
  console.log(JSON.stringify({ good: good.value, none: none.value }));
}
