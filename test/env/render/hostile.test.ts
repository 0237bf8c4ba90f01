import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { createRenderer, type Renderer } from "../../../env/render/index.js";
import { outcomeOf, pageOf, textOf } from "./support.js";

const FOLDER = "test/fixtures/hostile";

/** Each page says in its first line what may become of it: `rendered`, or the reasons of a failure. */
const corpus = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".html"))
  .map((name) => {
    const html = readFileSync(`${FOLDER}/${name}`, "utf8");
    const expected = /^<!-- expect: (\S+) -->\n/.exec(html)?.[1]?.split("|") ?? [];
    return { name, html, expected };
  });

describe("hostile pages", function () {
  this.timeout(240_000);
  let renderer: Renderer;
  let server: Server;
  let datagrams: Socket;
  let address: string;
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
    renderer = await createRenderer({ concurrency: 3, deadline: 1500 });
  });
  after(async () => {
    await renderer?.close();
    server?.close();
    datagrams?.close();
  });

  it("are many", () => {
    expect(corpus.length).to.be.at.least(60);
    for (const { name, expected } of corpus) expect(expected, name).to.not.be.empty;
  });

  it("render or fail for the right reason, stall nobody, and reach nothing", async () => {
    const control = "<h1>Control</h1><p>beside them</p>";
    const wanted = await (await pageOf(renderer, control)).hash();
    const wrong: string[] = [];
    const controls: Promise<string>[] = [];
    const work = corpus.map(async ({ name, html, expected }, index) => {
      if (index % 5 === 0) controls.push(pageOf(renderer, control).then((page) => page.hash()));
      const outcome = await outcomeOf(renderer, html.replaceAll("{{SERVER}}", address));
      const became = outcome.status === "failed" ? outcome.reason : outcome.status;
      if (!expected.includes(became)) wrong.push(`${name}: ${became}, not ${expected.join(" or ")}`);
    });
    await Promise.all(work);
    expect(wrong).to.deep.equal([]);
    expect([...new Set(await Promise.all(controls))]).to.deep.equal([wanted]);
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
