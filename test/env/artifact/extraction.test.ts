import { expect } from "chai";
import {
  type ExtractionRules,
  extractionsNamed,
  listExtractions,
  readBy,
  registerExtraction,
} from "../../../env/artifact/extraction.js";
import { readArtifact } from "../../../env/artifact/index.js";
import type { Artifact } from "../../../env/contract/artifact.js";
import { UsageError } from "../../../infra/errors.js";

const rules = (kind: ExtractionRules["kind"], artifact: Artifact | null, name = "some"): ExtractionRules => ({
  name,
  kind,
  description: "Takes what it is told.",
  extract: () => artifact,
});
const refusal = (reason: string, message: string, kind = "html") => ({
  status: "refused",
  kind,
  refusal: { reason, message },
});

describe("extraction rules", () => {
  it("are known by name and kind, once each", () => {
    const [page, site] = [rules("html", null, "zeta-test"), rules("site", null, "zeta-test")];
    const early = rules("tsx", null, "alpha-test");
    for (const each of [page, site, early]) registerExtraction(each);
    expect(extractionsNamed("zeta-test")).to.deep.equal([page, site]);
    const names = listExtractions().map(({ name }) => name);
    expect(names.filter((name) => name.endsWith("-test"))).to.deep.equal([
      "alpha-test",
      "zeta-test",
      "zeta-test",
    ]);
    expect(() => registerExtraction(rules("site", null, "zeta-test"))).to.throw(
      UsageError,
      'Extraction rules named "zeta-test" for site are already registered.',
    );
    expect(() => registerExtraction(rules("html", null, "webgen"))).to.throw(UsageError, "already");
    expect(extractionsNamed("webgen")).to.deep.equal([]);
    expect(() => extractionsNamed("zeta-tes")).to.throw(
      UsageError,
      'There are no extraction rules named "zeta-tes". Did you mean "zeta-test"?',
    );
    expect(() => extractionsNamed("webgn")).to.throw(UsageError, 'Did you mean "webgen"?');
  });

  it("read the kind of answer they are for, and leave the others to ours", () => {
    registerExtraction(rules("html", { kind: "html", html: "<i>theirs</i>" }, "beta-test"));
    expect(readArtifact("html", "x", { extraction: "beta-test" })).to.deep.equal({
      status: "ok",
      artifact: { kind: "html", html: "<i>theirs</i>" },
    });
    const component = "export default () => null;";
    expect(readArtifact("tsx", component, { extraction: "beta-test" })).to.deep.equal(
      readArtifact("tsx", component),
    );
    expect(readArtifact("html", "x", { extraction: "beta-test", maxBytes: 12 })).to.have.property(
      "status",
      "refused",
    );
    expect(() => readArtifact("pdf" as "html", "x")).to.throw(
      UsageError,
      'There is no kind of artifact "pdf"; use "html", "tsx" or "site".',
    );
  });

  it("that find nothing refuse with the reason of the kind", () => {
    expect(readBy(rules("html", null), "x", 9)).to.deep.equal(
      refusal("no_html", "The some rules find no page in the answer."),
    );
    expect(readBy(rules("tsx", null), "x", 9)).to.deep.equal(
      refusal("no_component", "The some rules find no component in the answer.", "tsx"),
    );
    expect(readBy(rules("site", null), "x", 9)).to.deep.equal(
      refusal("no_manifest", "The some rules find no site in the answer.", "site"),
    );
    expect(readBy(rules("tsx", { kind: "tsx", source: "x" }), " \n", 9)).to.deep.equal(
      refusal("empty", "The answer is empty; a component was expected.", "tsx"),
    );
  });

  it("are held to a size in UTF-8 bytes, whatever the kind", () => {
    const artifacts: Artifact[] = [
      { kind: "html", html: "1234567é" },
      { kind: "tsx", source: "1234567é" },
      { kind: "site", files: { a: "1234", b: "567é" } },
    ];
    for (const artifact of artifacts) {
      expect(readBy(rules(artifact.kind, artifact), "x", 9)).to.deep.equal({ status: "ok", artifact });
      const { refusal } = readBy(rules(artifact.kind, artifact), "x", 8) as {
        refusal: { reason: string; message: string };
      };
      expect(refusal.reason).to.equal("too_large");
      expect(refusal.message).to.contain("has 9 bytes; at most 8 are accepted");
    }
  });
});
