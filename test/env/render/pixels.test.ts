import { expect } from "chai";
import { createRenderer, type Renderer } from "../../../env/render/index.js";
import { createRandom } from "../../../infra/random.js";
import { pageOf } from "./support.js";

const PAGES = [
  "<h1>Plain text</h1><p>With a paragraph that is long enough to wrap when the window is narrow enough for it to wrap.</p>",
  "<body style='background:linear-gradient(45deg,#f06,#48f);height:900px'><div style='box-shadow:0 0 40px #000;width:200px;height:200px'></div>",
  "<style>@keyframes s { to { transform: rotate(360deg) } } b { display: inline-block; animation: s 1.3s linear infinite }</style><b>spinning</b>",
  "<p id=o></p><script>setInterval(() => { o.textContent = new Date().toISOString() + Math.random() }, 7)</script>",
  "<canvas id=c width=300 height=300></canvas><script>const g = c.getContext('2d'); let a = 0; (function f() { g.fillStyle = 'hsl(' + a++ + ',90%,50%)'; g.fillRect(Math.random() * 280, Math.random() * 280, 20, 20); requestAnimationFrame(f) })()</script>",
  "<svg width=300 height=80><rect width=20 height=20><animate attributeName=x from=0 to=280 dur=3s repeatCount=indefinite /></rect></svg>",
  "<input autofocus style='font-size:60px'><textarea>text</textarea><select><option>a</select><input type=checkbox checked><progress></progress>",
  "<marquee>moving along</marquee><details open><summary>s</summary>d</details><video controls></video>",
  `<div style='columns:3'>${"text in columns ".repeat(200)}</div>`,
  "<p style='font:italic 40px serif;letter-spacing:.1em;text-shadow:2px 2px 3px #0008'>Ærøskøbing 北京 שלום 🎉</p>",
  "<style>@keyframes in { from { opacity: 0; transform: translateY(40px) } } li { animation: in .6s both; animation-delay: calc(var(--i) * 300ms) }</style><ul><li style='--i:0'>one<li style='--i:1'>two<li style='--i:9'>ten</ul>",
  "<div style='height:3000px;background:repeating-linear-gradient(7deg,#fff 0 9px,#09f 9px 18px)'><div style='position:sticky;top:0;backdrop-filter:blur(4px);height:80px;border-radius:40px;box-shadow:0 9px 30px #0006'>sticky</div></div>",
];

describe("the same page", () => {
  it("gives the same pixels, in any order, at any concurrency, in any browser", async function () {
    this.timeout(180_000);
    const hashes = PAGES.map(() => new Set<string>());
    const random = createRandom("pixels");
    const pools: Renderer[] = await Promise.all([1, 3].map((concurrency) => createRenderer({ concurrency })));
    for (const [i, renderer] of pools.entries()) {
      const order = random
        .stream(i)
        .shuffle(Array.from({ length: PAGES.length * 5 }, (_, n) => n % PAGES.length));
      await Promise.all(
        order.map(async (index) => {
          const page = await pageOf(renderer, PAGES[index] as string);
          hashes[index]?.add(await page.hash());
        }),
      );
      await renderer.close();
    }
    expect(hashes.map((set) => set.size)).to.deep.equal(PAGES.map(() => 1));
  });
});
