import { expect } from "chai";
import type { SiteProbe } from "../../../env/contract/site-probe.js";
import { createRenderer, type Renderer } from "../../../env/render/index.js";
import { fivePages, siteReportOf } from "./site-support.js";

describe("functional probes of a site", function () {
  this.timeout(120_000);
  let renderer: Renderer;
  before(async () => {
    renderer = await createRenderer({ concurrency: 2, deadline: 20_000 });
  });
  after(() => renderer?.close());

  const probes: Readonly<Record<string, readonly [Omit<SiteProbe, "id" | "requirement">, string]>> = {
    "a counter that counts": [
      {
        given: "/",
        steps: [
          { do: "click", target: { role: "button", name: "One loaf more" } },
          { do: "click", target: { role: "button", name: "One loaf more" } },
        ],
        expect: [
          { kind: "text", includes: "basket: 2" },
          { kind: "differs-from-before" },
          { kind: "console-clean" },
        ],
      },
      "pass",
    ],
    "a list that is filtered by text and choice": [
      {
        given: "/breads",
        steps: [
          { do: "fill", target: { role: "textbox", name: "Search breads" }, text: "ridge" },
          { do: "select", target: { role: "combobox", name: "Grain" }, option: "Rye" },
        ],
        expect: [
          { kind: "count", target: { role: "listitem" }, equals: 1 },
          { kind: "visible", target: { text: ["Black Ridge, rye", "Dark Ridge, rye, €6.50"] } },
          { kind: "hidden", target: { text: "No bread matches." } },
          { kind: "value", target: { role: "textbox", name: "Search breads" }, equals: "ridge" },
        ],
      },
      "pass",
    ],
    "a form that thanks and remembers": [
      {
        given: "/",
        steps: [
          { do: "click", target: { role: "link", text: "Order" } },
          { do: "fill", target: { role: "textbox", name: "Your name" }, text: "Ada" },
          { do: "fill", target: { role: "textbox", name: "Email" }, text: "ada@example.org" },
          { do: "click", target: { role: "button", text: ["Submit", "Send order"] } },
          { do: "reload" },
        ],
        expect: [
          { kind: "url", equals: "/order" },
          { kind: "value", target: { role: "textbox", name: "Your name" }, equals: "Ada" },
        ],
      },
      "pass",
    ],
    "a form that does not send itself empty": [
      {
        given: "/order",
        steps: [{ do: "click", target: { role: "button", name: "Send order" } }],
        expect: [{ kind: "text", includes: "Thank you" }],
      },
      "fail",
    ],
    history: [
      {
        given: "/",
        steps: [
          { do: "click", target: { role: "link", text: "About" } },
          { do: "navigate", route: "/hours" },
          { do: "back" },
          { do: "back" },
          { do: "forward" },
        ],
        expect: [
          { kind: "url", equals: "/about" },
          { kind: "text", includes: "Our story" },
        ],
      },
      "pass",
    ],
    "half of what is expected": [
      {
        given: "/about",
        steps: [{ do: "click", target: { role: "button", name: "Read more" } }],
        expect: [
          {
            kind: "attribute",
            target: { role: "button", name: "Read less" },
            name: "aria-expanded",
            equals: "true",
          },
          {
            kind: "style",
            target: { role: "button", name: "Read less" },
            property: "color",
            oneOf: ["rgb(0, 0, 0)"],
          },
        ],
      },
      "partial",
    ],
    "a step that is not possible": [
      {
        given: "/",
        steps: [{ do: "click", target: { role: "button", name: "Fly" } }],
        expect: [{ kind: "console-clean" }],
      },
      "fail",
    ],
  };

  it("run twice each, from a fresh state", async () => {
    const list = Object.entries(probes).map(([id, [probe]]) => ({ id, requirement: id, ...probe }));
    const { probes: results } = await siteReportOf(renderer, fivePages(), list);
    for (const result of results)
      expect(result.verdict, JSON.stringify(result.expectations) + result.detail).to.equal(
        probes[result.id]?.[1],
      );
    const [counter] = results;
    expect(counter?.before?.text).to.include("basket: 0");
    expect(counter?.after?.text).to.include("basket: 2");
    expect(counter?.after?.png).to.not.deep.equal(counter?.before?.png);
    expect(results.at(-1)?.detail).to.include('button "Fly" is not there');
  });
});
