import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));

/** What each example prints, its reader's way to see that it works. */
const EXPECTED: Readonly<Record<string, (printed: Record<string, number>) => void>> = {
  "own-reward.js": (printed) => expect(printed).to.deep.equal({ good: 1, none: 0 }),
  "own-agent.js": ({ reference, template }) => {
    expect(reference).to.equal(1);
    expect(template).to.be.within(0.01, 0.7);
  },
  "own-dataset.js": (printed) => expect(printed).to.deep.equal({ broken: 0, reference: 1 }),
  "grpo-from-code.js": ({ loss, reward }) => {
    // ln 700 = 6.55 is the loss of knowing nothing.
    expect(loss).to.be.within(0.5, 6);
    expect(reward).to.be.within(0, 1);
  },
  "remote-model.js": ({ mean, n }) => {
    expect(n).to.equal(2);
    expect(mean).to.be.within(0.001, 0.7);
  },
  "polish.js": ({ turns, first, last }) => {
    expect(turns).to.equal(4);
    expect(last).to.be.greaterThan(first as number);
  },
};

describe("the examples", function () {
  this.timeout(600_000);
  // A server as vLLM and Ollama are: it answers every prompt with a page that repeats it, and notes what it was asked.
  const asked: { model: string; temperature: number; messages: { role: string; content: unknown }[] }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const sent = JSON.parse(body) as (typeof asked)[number];
    asked.push(sent);
    response.setHeader("content-type", "application/json");
    const prompt = String(sent.messages.at(-1)?.content).slice(0, 300);
    const content = `\`\`\`html\n<!DOCTYPE html><html lang='en'><title>Hi</title><main><h1>Hi</h1><p>${prompt}</p></main></html>\n\`\`\``;
    const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }];
    const usage = { prompt_tokens: 9, completion_tokens: 30, total_tokens: 39 };
    response.end(
      JSON.stringify({ id: "1", object: "chat.completion", created: 0, model: "tiny", choices, usage }),
    );
  });
  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  after(() => server.close());

  it("are all expected here", () => {
    expect(readdirSync(EXAMPLES).filter((name) => name.endsWith(".js"))).to.have.members(
      Object.keys(EXPECTED),
    );
  });

  for (const [name, check] of Object.entries(EXPECTED))
    it(`${name} runs and says what it found`, async () => {
      const { port } = server.address() as AddressInfo;
      const env = {
        ...process.env,
        OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
        OPENAI_API_KEY: "none",
        MODEL: "tiny",
      };
      const child = spawn(process.execPath, [name], { cwd: EXAMPLES, env });
      let [stdout, stderr] = ["", ""];
      child.stdout.on("data", (chunk) => {
        stdout += String(chunk);
      });
      child.stderr.on("data", (chunk) => {
        stderr += String(chunk);
      });
      const [code] = await once(child, "close");
      expect(code, stderr).to.equal(0);
      check(JSON.parse(stdout));
    });

  it("remote-model.js asked the server for each task, with its instructions", () => {
    expect(asked.map(({ model, temperature }) => [model, temperature])).to.deep.equal([
      ["tiny", 0.7],
      ["tiny", 0.7],
    ]);
    expect(asked[0]?.messages.map(({ role }) => role)).to.deep.equal(["system", "user"]);
  });
});
