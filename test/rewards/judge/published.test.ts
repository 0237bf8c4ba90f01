import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { openCache } from "../../../infra/cache.js";
import { frontcoderReward, webgenR1Reward } from "../../../rewards/index.js";
import { createVisionJudge, repliesOnDisk, type VisionJudgeOptions } from "../../../rewards/judge/index.js";
import { widgetanchorTournament } from "../../../rewards/systems/widgetanchor/reward.js";
import { scorePages } from "../../../rewards/testing.js";
import { sharedRenderer } from "../../support/browser.js";
import { constant } from "../support.js";
import { openJudge, picturesOf, textOf } from "./server.js";

const page = (body: string) =>
  `<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>${body}</body></html>`;
const ITEMS = [0, 1].map((id) => ({ id, title: `Item ${id}`, description: "", maxScore: 5 }));

const opened = (react: Parameters<typeof openJudge>[0], options: Partial<VisionJudgeOptions> = {}) =>
  openJudge(react, { retries: 1, ...options });

describe("a vision judge in the published presets", () => {
  const task = { prompt: "Apples.", checklist: ITEMS, meta: {} };

  it("answers FrontCoder's own request, again when its reply cannot be read", async () => {
    const replies = ["Five and five.", '{"scores": [5, 0]}'];
    const { server, judge } = await opened((_, count) => ({ says: replies[count - 1] }));
    const scorer = frontcoderReward({ judge: judge.ask });
    const [card] = await scorePages(scorer, [page("<h1>Apples</h1>")], {
      task,
      renderer: await sharedRenderer(),
    });
    expect(card?.parts.checklist?.value).to.equal(0.5);
    expect(server.seen).to.have.length(2);
    expect(server.seen[0]).to.include({ temperature: 0.1, max_tokens: 512 });
    expect(server.seen[0]).to.not.have.property("response_format");
    expect(textOf(server.seen[0]!)).to.match(/1\. Item 0 \(max 5\)/);
    expect(picturesOf(server.seen[0]!)).to.have.length(1);
  });

  it("leaves the score empty when it never can be read, or the server is down", async () => {
    const { judge } = await opened(() => ({ says: "A fine page." }));
    const options = { task, renderer: await sharedRenderer() };
    const pages = [page("<h1>Apples</h1>")];
    const [card] = await scorePages(webgenR1Reward({ judge: judge.ask }), pages, options);
    expect(card?.parts.looks).to.include({ value: null, status: "failed" });
    const down = await opened(() => ({ status: 500 }));
    const [none] = await scorePages(frontcoderReward({ judge: down.judge.ask }), pages, options);
    expect(none?.total).to.include({ value: null, status: "failed" });
    expect(none?.total.message).to.match(/could not be asked after 2 attempts/);
  });

  it("breaks WidgetAnchor's tournament off when most meetings cannot be judged", async () => {
    const { judge } = await opened(() => ({ status: 500 }));
    const scorer = widgetanchorTournament(judge.ask, constant(0.8));
    const cards = await scorePages(scorer, [page("<h1>Apples</h1>"), page("<h1>Pears</h1>")], {
      reference: page("<h1>Apples</h1>"),
      renderer: await sharedRenderer(),
    });
    expect(cards.map(({ total }) => total.value)).to.deep.equal([null, null]);
    expect(cards[0]?.parts.tournament?.message).to.match(/2 of 2 meetings could not be judged/);
  });

  it("asks once on a machine when its replies are kept on disk", async () => {
    const folder = mkdtempSync(join(tmpdir(), "judge-"));
    try {
      const cache = repliesOnDisk(openCache(folder));
      const { server, judge } = await opened(() => ({ says: "Grade: 4" }), { cache });
      const request = { messages: [{ role: "user", content: [] }], temperature: 0, max_tokens: 9 } as const;
      const { signal } = new AbortController();
      expect(await judge.ask(request, signal)).to.equal("Grade: 4");
      const next = createVisionJudge({ model: "m", baseURL: server.baseURL, cache });
      expect(await next.ask(request, signal)).to.equal("Grade: 4");
      expect(server.seen).to.have.length(1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
