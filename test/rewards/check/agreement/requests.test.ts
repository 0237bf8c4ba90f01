import { expect } from "chai";
import { requestTaskSource } from "../../../../datasets/index.js";
import type { Probe } from "../../../../env/contract/probe.js";
import type { RenderedPage } from "../../../../env/contract/rendered-page.js";
import type { Task } from "../../../../env/contract/task.js";
import { briefOf } from "../../../../rewards/check/agreement/brief.js";
import { contentOf } from "../../../../rewards/check/agreement/content.js";
import { DESIGNS } from "../../../../rewards/check/agreement/designs/index.js";
import { checklist, scoreHtml } from "../../../../rewards/index.js";
import { sharedRenderer } from "../../../support/browser.js";

const source = requestTaskSource();
/** A menu on phones, tabs, a schedule, a ranking, shares of a whole, opening hours; a navy ground is not asked for. */
const task = source.at("test", 13);

/** Texts that must be on the page before anything is clicked. */
function textsOf(probe: Probe): string[] {
  if (probe.kind === "all") return probe.of.flatMap(textsOf);
  if (probe.kind === "groups") return probe.groups.flat();
  if (probe.kind === "table") return probe.rows.flat();
  if (probe.kind === "text") return [probe.equals];
  if (probe.kind === "exists")
    return [probe.query?.text ?? probe.query?.includes ?? probe.query?.label ?? ""];
  return [];
}

async function outlineOf({ reference, viewport }: Task): Promise<RenderedPage> {
  const renderer = await sharedRenderer();
  const outcome = await renderer.render({ artifact: { kind: "html", html: reference!.outline! }, viewport });
  if (outcome.status !== "rendered") throw new Error(outcome.message);
  return outcome.page;
}

describe("the content of a request", () => {
  it("is read from its outline, whatever schools its references are of, to the last word that is checked", () => {
    for (let index = 0; index < 60; index++) {
      const { id, checklist: items = [], reference } = source.at("test", index);
      const content = JSON.stringify(contentOf(reference!.outline!))
        .replaceAll('\\"', '"')
        .replaceAll("&amp;", "&");
      for (const { probe } of items.filter(({ kind }) => kind !== undefined))
        for (const text of textsOf(probe!)) if (text !== "Menu") expect(content, id).to.include(text);
    }
  });

  it("knows the brand where only the title says it, beside the headline", () => {
    for (let index = 0; index < 60; index++) {
      const { id, meta, reference } = source.at("test", index);
      expect(contentOf(reference!.outline!)!.brand, id).to.equal(meta.brand);
    }
  });

  it("keeps what is used as it stands, with its script, and groups under their headings", () => {
    const { sections, menu, script, links } = contentOf(task.reference!.outline!)!;
    expect(links.length).to.be.at.least(2);
    expect(menu).to.equal(true);
    expect(sections.map(({ blocks }) => blocks.map(({ kind }) => kind))).to.deep.equal([
      ["widget"],
      ["table"],
      ["table"],
      ["amounts"],
      ["terms"],
    ]);
    expect(sections[0]!.blocks[0])
      .to.have.property("markup")
      .that.contains('role="tab"')
      .and.not.contains("<h2");
    expect(script).to.contain("[data-tab]").and.contain("[data-menu]");
    const grouped = contentOf(source.at("test", 17).reference!.outline!)!.sections[0]!.blocks;
    expect(grouped.map((block) => block.kind === "terms" && block.title))
      .to.have.length(2)
      .and.not.include(null);
  });
});

describe("competent designs of a request", function () {
  this.timeout(180_000);

  for (const [name, design] of Object.entries(DESIGNS))
    it(`${name}: fulfils every word of it, the menu and the tabs included`, async () => {
      const html = design(briefOf(task, await outlineOf(task))!);
      const { value, evidence } = await scoreHtml(checklist(), html, {
        task,
        renderer: await sharedRenderer(),
      });
      expect(value, JSON.stringify(evidence)).to.be.at.least(0.99);
    });
});
