import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { CHROMIUM_VARIABLE, createRenderer, ensureBrowser, findBrowser } from "../../../env/render/index.js";
import { rejection } from "../../support/rejection.js";

describe("finding a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "webgen-find-"));
  const fake = (name: string, text = "#!/bin/sh\nexit 3\n") => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
    return join(folder, name);
  };

  it("takes the one that the environment names, before any other", () => {
    const path = fake("mine");
    expect(findBrowser({ [CHROMIUM_VARIABLE]: path })).to.deep.equal({ path, source: "environment" });
  });

  it("says so when the environment names something that cannot be run", () => {
    expect(() => findBrowser({ [CHROMIUM_VARIABLE]: "/nowhere/chromium" })).to.throw(
      /WEBGEN_CHROMIUM is set to "\/nowhere\/chromium"/,
    );
  });

  it("finds a system one on the path, the headless shell first", () => {
    fake("chromium");
    const found = findBrowser({ PATH: folder });
    if (found?.source === "playwright") return;
    expect(found).to.deep.equal({ path: join(folder, "chromium"), source: "system" });
    const shell = fake("chromium-headless-shell");
    expect(findBrowser({ PATH: folder })?.path).to.equal(shell);
  });

  it("looks behind Debian's starter script", () => {
    const program = fake("real-headless-shell");
    const starter = fake("starter", `#!/bin/sh -e\n\n${program} "$@"\n`);
    expect(findBrowser({ [CHROMIUM_VARIABLE]: starter })?.path).to.equal(program);
  });

  it("has nothing to install where there is one", async () => {
    const said: string[] = [];
    const found = await ensureBrowser({ log: (message) => said.push(message) });
    expect(found.path).to.be.a("string");
    expect(said).to.deep.equal([]);
  });

  it("a browser that does not start is the machine's fault, in one sentence", async () => {
    const error = await rejection(createRenderer({ browserPath: fake("broken") }));
    expect(error.name).to.equal("InfrastructureError");
    expect(error.message).to.match(/does not start/);
  });
});
