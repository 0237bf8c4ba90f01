import { expect } from "chai";
import { APIConnectionError, APIError } from "openai";
import { ChatError } from "../../../infra/chat/error.js";
import { explain, isServerFault, wantsNewerLimit } from "../../../infra/chat/faults.js";
import { InfrastructureError } from "../../../infra/errors.js";

describe("faults of chat servers", () => {
  const refusal = (status: number, message: string, headers: Record<string, string> = {}) =>
    new APIError(status, { message, code: "some_code" }, undefined, new Headers(headers));

  it("are everyone's, or those of one request", () => {
    const isFault = (status?: number) => isServerFault(new ChatError("It failed.", { status }));
    for (const status of [undefined, 401, 403, 404, 408, 429, 500, 503])
      expect(isFault(status), `${status}`).to.equal(true);
    for (const status of [400, 409, 413, 422, 499]) expect(isFault(status), `${status}`).to.equal(false);
  });

  it("ask for the newer limit only as a refusal of the older", () => {
    const message = "Use 'max_completion_tokens' instead.";
    expect(wantsNewerLimit(refusal(400, message))).to.equal(true);
    expect(wantsNewerLimit(refusal(500, message))).to.equal(false);
    expect(wantsNewerLimit(refusal(400, "max_tokens is too large"))).to.equal(false);
    expect(wantsNewerLimit(Object.assign(new Error(message), { status: 400 }))).to.equal(false);
  });

  it("are told in sentences, with what the server said of them", () => {
    const told = (error: unknown) => explain(error, "http://localhost/v1", "m") as ChatError;
    const refused = refusal(429, "Slow down.", { "retry-after": " 3 " });
    expect(told(refused).message).to.equal(
      'The server at http://localhost/v1 refused the request for model "m": 429 Slow down.',
    );
    expect(told(refused)).to.include({ status: 429, retryAfter: 3000, code: "some_code", cause: refused });
    const away = new APIConnectionError({ message: "Connection error." });
    expect(told(away).message).to.equal(
      "No answer from http://localhost/v1: Connection error. Is the server running, and is the base URL right (it usually ends in /v1)?",
    );
    expect(told(away)).to.be.instanceOf(ChatError).and.include({ status: undefined, cause: away });
    const odd = new SyntaxError("Unexpected token <");
    expect(told(odd).message).to.equal("The request to http://localhost/v1 failed: Unexpected token <");
    expect(told(odd)).to.be.instanceOf(ChatError).and.include({ cause: odd });
    const own = new InfrastructureError("The budget is spent.");
    expect(told(own)).to.equal(own);
  });
});
