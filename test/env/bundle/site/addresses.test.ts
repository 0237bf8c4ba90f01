import { expect } from "chai";
import {
  withAddresses,
  withoutAddresses,
  withoutRemoteImports,
} from "../../../../env/bundle/site/addresses.js";

describe("addresses of a style sheet", () => {
  it("come back as they were, whatever follows them", () => {
    for (const css of [
      "a { background: url(#x) }",
      "a { mask: url('data:image/svg+xml,<svg/>') url( \"#y\" )1px }",
      "url(#a)0 url(#b)1 url(#c)2",
      "a { background: URL(https://example.com/a.png) }",
    ]) {
      const kept: string[] = [];
      const without = withoutAddresses(css, kept);
      expect(without).to.not.match(/url\(/i);
      expect(kept).to.not.be.empty;
      expect(withAddresses(without, kept)).to.equal(css);
    }
  });

  it("that a bundler is to resolve stay", () => {
    const css = "a { background: url(./a.svg) url('/b.svg') }";
    expect(withoutAddresses(css, [])).to.equal(css);
  });

  it("of the network are not imported", () => {
    const { css, remote } = withoutRemoteImports(
      "@import url('https://a.b/c.css') screen;\n@import './d.css';",
    );
    expect(css.trim()).to.equal("@import './d.css';");
    expect(remote).to.deep.equal(["https://a.b/c.css"]);
  });
});
