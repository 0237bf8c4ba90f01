// A model behind an OpenAI-compatible server answers held-out tasks:
//   OPENAI_BASE_URL=http://localhost:8000/v1 OPENAI_API_KEY=none MODEL=qwen3 node remote-model.js
import { remoteAgent } from "webgen-gym";
import { evaluate } from "webgen-gym/experiments";

const { MODEL = "gpt-5", OPENAI_BASE_URL } = process.env;
const agent = remoteAgent({
  model: MODEL,
  sampling: { temperature: 0.7, maxTokens: 8000 },
  ...(OPENAI_BASE_URL ? { baseURL: OPENAI_BASE_URL } : {}),
});
const { reward, entries } = await evaluate({ agent, tasks: 2 });
for (const { taskId, failedChecks } of entries) console.error(taskId, "failed:", failedChecks.join("; "));
console.log(JSON.stringify({ mean: reward.mean, n: reward.n }));
