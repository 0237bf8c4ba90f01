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

  describe("all at once", () => {
    const control = "<h1>Control</h1><p>beside them</p>";
    const became = new Map<string, Promise<string>>();
    const controls: Promise<string>[] = [];
    let wanted: string;

    before(async () => {
      wanted = await (await pageOf(renderer, control)).hash();
      for (const [index, { name, html }] of corpus.entries()) {
        if (index % 5 === 0) controls.push(pageOf(renderer, control).then((page) => page.hash()));
        const outcome = outcomeOf(renderer, html.replaceAll("{{SERVER}}", address));
        became.set(
          name,
          outcome.then((each) => (each.status === "failed" ? each.reason : each.status)),
        );
      }
      for (const work of [...controls, ...became.values()]) work.catch(() => {});
    });

    for (const { name, expected } of corpus)
      it(`${name} becomes ${expected.join(" or ")}`, async () => {
        expect(expected).to.include(await became.get(name));
      });

    it("stall no page beside them, and reach nothing", async () => {
      await Promise.all(became.values());
      expect([...new Set(await Promise.all(controls))]).to.deep.equal([wanted]);
      expect(reached).to.deep.equal([]);
    });
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
