import { expect } from "chai";
import { InfrastructureError, messageOf, PluginError, UsageError, WebGenError } from "../../infra/errors.js";

describe("errors", () => {
  it("carry the name of the boundary they came from", () => {
    const names = [WebGenError, UsageError, InfrastructureError, PluginError].map(
      (kind) => new kind("x").name,
    );
    expect(names).to.deep.equal(["WebGenError", "UsageError", "InfrastructureError", "PluginError"]);
    expect(String(new UsageError("No."))).to.equal("UsageError: No.");
  });

  it("give one line, of whatever was thrown", () => {
    expect(messageOf(new Error("first\nsecond"))).to.equal("first");
    expect(messageOf("thrown\ntext")).to.equal("thrown");
    expect(messageOf(7)).to.equal("7");
    expect(messageOf(undefined)).to.equal("undefined");
    expect(messageOf(new Error(""))).to.equal("");
  });
});
