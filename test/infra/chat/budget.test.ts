import { expect } from "chai";
import { createBudget, SpendLimitError } from "../../../infra/chat/budget.js";
import { UsageError } from "../../../infra/errors.js";

const used = (promptTokens: number, completionTokens: number) => ({ promptTokens, completionTokens });

describe("the budget of a chat client", () => {
  it("counts requests, tokens, money and what cost nothing", () => {
    const budget = createBudget({ prices: { prompt: 2, completion: 8 } });
    expect(budget.spent()).to.deep.equal({
      ...{ requests: 0, promptTokens: 0, completionTokens: 0, money: 0, cached: 0 },
    });
    budget.reserve();
    budget.settle(used(1000, 500));
    budget.reserve();
    budget.settle(used(3000, 250));
    budget.reserve();
    budget.settle();
    budget.hit();
    // 4,000 tokens at 2 and 750 at 8 for a million
    expect(budget.spent()).to.deep.equal({
      ...{ requests: 2, promptTokens: 4000, completionTokens: 750, money: 0.014, cached: 1 },
    });
    expect(createBudget({}).spent().money).to.equal(null);
  });

  it("lets no request start that might be dearer than what is left, counting those under way", () => {
    const budget = createBudget({ tokens: 100 });
    budget.reserve();
    budget.reserve();
    budget.settle(used(20, 10));
    budget.settle(used(5, 5));
    // 40 are spent and 30 is the dearest: two more fit at once, a third does not.
    budget.reserve();
    budget.reserve();
    expect(() => budget.reserve()).to.throw(
      SpendLimitError,
      "The spend limit of 100 tokens does not allow another request: 40 are spent in 2 requests. Raise the limit, or go on without this model.",
    );
    budget.settle();
    budget.reserve();
    budget.settle(used(30, 0));
    budget.settle(used(29, 0));
    expect(() => budget.reserve()).to.throw(SpendLimitError, "99 are spent in 4 requests");
  });

  it("lets the last request start when it fits exactly", () => {
    const budget = createBudget({ tokens: 60 });
    budget.reserve();
    budget.settle(used(10, 20));
    budget.reserve();
    budget.settle(used(30, 0));
    expect(() => budget.reserve()).to.throw(SpendLimitError, "60 are spent in 2 requests");
    const single = createBudget({ tokens: 1 });
    single.reserve();
    single.settle(used(1, 0));
    expect(() => single.reserve()).to.throw(SpendLimitError, "1 are spent in 1 request.");
  });

  it("is held to money by the prices for a million tokens", () => {
    const budget = createBudget({ money: 1, prices: { prompt: 0.4, completion: 1.6 } });
    budget.reserve();
    budget.settle(used(500_000, 125_000)); // 0.4
    budget.reserve();
    budget.settle(used(500_000, 0)); // 0.2
    budget.reserve();
    // 0.6 are spent; one like the dearest fits exactly, two do not.
    expect(() => budget.reserve()).to.throw(
      SpendLimitError,
      "The spend limit of 1 in money does not allow another request: 0.6 are spent in 2 requests.",
    );
    budget.settle(used(0, 250_000)); // 0.4
    expect(budget.spent().money).to.equal(1);
    expect(() => budget.reserve()).to.throw(SpendLimitError, "1 are spent in 3 requests");
  });

  it("lets no free request start once all money is spent", () => {
    const budget = createBudget({ money: 1e-6, prices: { prompt: 1, completion: 0 } });
    budget.reserve();
    budget.settle(used(0, 1));
    budget.reserve();
    budget.settle(used(1, 0));
    expect(() => budget.reserve()).to.throw(SpendLimitError, "0.000001 are spent in 2 requests");
  });

  it("refuses limits that cannot be", () => {
    expect(() => createBudget({ tokens: 0 })).to.throw(
      UsageError,
      "The limit of tokens is 0; it should be above 0.",
    );
    expect(() => createBudget({ money: Number.NaN, prices: { prompt: 1, completion: 1 } })).to.throw(
      UsageError,
      "The limit of money is NaN; it should be above 0.",
    );
    expect(() => createBudget({ money: 1 })).to.throw(
      UsageError,
      "A limit in money needs prices, e.g. { money: 5, prices: { prompt: 0.4, completion: 1.6 } } for a million tokens.",
    );
  });
});
