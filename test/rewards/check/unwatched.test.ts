import { expect } from "chai";
import { sharedRenderer } from "../../support/browser.js";

async function render(body: string) {
  const renderer = await sharedRenderer();
  const html = `<!DOCTYPE html><html lang="en"><body>${body}</body></html>`;
  const outcome = await renderer.render({
    artifact: { kind: "html", html },
    viewport: { width: 400, height: 300 },
  });
  if (outcome.status !== "rendered") throw new Error(JSON.stringify(outcome));
  return outcome.page;
}

describe("a page that wonders who is looking", function () {
  this.timeout(60_000);

  it("finds an ordinary browser", async () => {
    const page = await render(`<p id="out"></p><script>
      const brands = (navigator.userAgentData?.brands ?? []).map(({ brand }) => brand).join();
      document.getElementById("out").textContent =
        [navigator.webdriver, /headless/i.test(navigator.userAgent + brands), /Chrome\\/\\d+/.test(navigator.userAgent)].join();
    </script>`);
    expect(page.snapshot.texts[0]?.text).to.equal("false,false,true");
  });

  it("is seen when its animations have ended, those that wait first included", async () => {
    const style = "<style>@keyframes leave{to{opacity:0}}p{animation:leave 1s 2s both}</style>";
    const page = await render(`${style}<p>Hello</p>`);
    expect(page.snapshot.elements.find(({ tag }) => tag === "p")?.styles.opacity).to.equal("0");
    expect(page.findings.map(({ kind }) => kind)).to.include("blank");
  });
});
