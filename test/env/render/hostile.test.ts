import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import type { Probe } from "../../../env/contract/probe.js";
import { createRenderer, type Renderer } from "../../../env/render/index.js";
import { outcomeOf, pageOf, textOf } from "./support.js";

const FOLDER = "test/fixtures/hostile";
/** Milliseconds for pages that should come to an end by themselves, however busy the machine is. */
const PATIENT = 20_000;
/** Milliseconds for pages that never end, or may not. */
const SHORT = 1500;
const CONTROL = "<h1>Control</h1><p>beside them</p>";
const PROBES: Probe[] = [
  { kind: "exists", query: { role: "heading" } },
  { kind: "exists", query: { role: "heading" }, width: 400 },
];

/**
 * Each page says in its first line what may become of it: `rendered`, or the reasons of a failure; `zero` is for pages that render
 * and then fail a probe.
 */
const corpus = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".html"))
  .map((name) => {
    const html = readFileSync(`${FOLDER}/${name}`, "utf8");
    const expected = /^<!-- expect: (\S+) -->\n/.exec(html)?.[1]?.split("|") ?? [];
    return { name, html, expected };
  });
type Case = (typeof corpus)[number];
describe("hostile pages", function () {
  this.timeout(600_000);
  let renderer: Renderer;
  let server: Server;
  let datagrams: Socket;
  let address: string;
  let usual: string;
  const reached: string[] = [];

  before(async () => {
    server = createServer((request, response) => {
      reached.push(request.url ?? "");
      response.end();
    });
    server.on("connection", () => reached.push("a connection"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    datagrams = createSocket("udp4").on("message", () => reached.push("a datagram"));
    datagrams.bind(port, "127.0.0.1");
    address = `http://127.0.0.1:${port}`;
    renderer = await createRenderer({ concurrency: 2, deadline: PATIENT });
    usual = await (await pageOf(renderer, CONTROL)).hash();
  });
  after(async () => {
    await renderer?.close();
    server?.close();
    datagrams?.close();
  });

  const controlHash = async () => (await pageOf(renderer, CONTROL)).hash();

  async function tryPage({ name, html, expected }: Case): Promise<string | undefined> {
    const deadline = expected.includes("timeout") ? SHORT : PATIENT;
    const beside = controlHash();
    const outcome = await outcomeOf(renderer, html.replaceAll("{{SERVER}}", address), {
      deadline,
      ...(expected.includes("zero") ? { probes: PROBES } : {}),
    });
    const scores = outcome.status === "rendered" ? outcome.page.probes.map(({ score }) => score) : [];
    const rendered = scores.includes(null) ? "null" : scores.includes(0) ? "zero" : outcome.status;
    const became = outcome.status === "failed" ? outcome.reason : rendered;
    if (!expected.includes(became)) return `${name}: ${became}, not ${expected.join(" or ")}`;
    if ((await beside) !== usual) return `${name}: changed the page beside it`;
    if ((await controlHash()) !== usual) return `${name}: changed the page after it`;
    return undefined;
  }

  it("are many", () => {
    expect(corpus.length).to.be.at.least(170);
    for (const { name, expected } of corpus) expect(expected, name).to.not.be.empty;
  });

  for (const each of corpus)
    it(`${each.name} becomes ${each.expected.join(" or ")}, and changes nothing beside or after it`, async () => {
      expect(await tryPage(each)).to.equal(undefined);
    });

  it("reach nothing", () => {
    expect(reached).to.deep.equal([]);
  });

  it("cannot fake what is measured", async () => {
    const html = readFileSync(`${FOLDER}/tamper-size.html`, "utf8").replace(
      "<h1>",
      "<h1 style='height:2000px'>",
    );
    const page = await pageOf(renderer, html);
    expect(page.height).to.be.above(2000);
    expect(textOf(page)).to.equal("Seen");
    const [exists] = (
      await pageOf(renderer, readFileSync(`${FOLDER}/tamper-prototypes.html`, "utf8"), {
        probes: [{ kind: "exists", query: { role: "heading", level: 1 } }],
      })
    ).probes;
    expect(exists?.score).to.equal(1);
  });
});
