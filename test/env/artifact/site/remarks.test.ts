import { expect } from "chai";
import { manifestTokens, readSite } from "../../../../env/artifact/site/index.js";
import { file, site } from "./support.js";

describe("what is said of a manifest", () => {
  const outcomeOf = (text: string, options = {}) => readSite(text, options);
  const said = (text: string, options = {}) => {
    const outcome = outcomeOf(text, options);
    return outcome.status === "refused" ? outcome.refusal.message : "ok";
  };
  const artifactOf = (text: string) => {
    const outcome = outcomeOf(text);
    if (outcome.status !== "ok" || outcome.artifact.kind !== "site") throw new Error(JSON.stringify(outcome));
    return outcome.artifact;
  };
  const open = '<webArtifact id="a" title="A">';

  it("is a sentence for each thing that can be wrong", () => {
    expect(outcomeOf(" ")).to.deep.equal({
      status: "refused",
      kind: "site",
      refusal: { reason: "empty", message: "The answer is empty; a site was expected." },
    });
    expect(said(" <think>x")).to.equal("The answer stops inside its <think> block.");
    expect(said("words")).to.equal('The answer holds no <webArtifact id="..." title="...">.');
    expect(said(open)).to.equal("The answer stops inside its <webArtifact>.");
    expect(said(`${open}<webAction type="a`)).to.equal("The answer stops inside a <webAction> tag.");
    expect(said(`${open}<webAction type="file" filePath="src/a.ts">x`)).to.equal(
      "The answer stops inside src/a.ts.",
    );
    expect(said(`${open}<webAction type="shell">x`)).to.equal("The answer stops inside shell.");
    expect(said(`${open}<webAction>x`)).to.equal("The answer stops inside a <webAction>.");
    expect(said(`${open}<webAction type=file>`)).to.equal(
      "This is no <webAction> tag: <webAction type=file>",
    );
    expect(said(`${open}<webAction ${"x".repeat(100)}>`)).to.equal(
      `This is no <webAction> tag: <webAction ${"x".repeat(69)}…`,
    );
    expect(said(`${open}<webAction ${"x".repeat(68)}>`)).to.match(/x>$/);
    expect(said(site('<webAction type="start">rm</webAction>'))).to.equal(
      'A start action may only install packages or run a script of the project, but says "rm".',
    );
    expect(said(site(`<webAction type="shell">${"r".repeat(200)}</webAction>`))).to.contain(
      `"${"r".repeat(100)}"`,
    );
    for (const action of [
      '<webAction type="file">x</webAction>',
      '<webAction filePath="a">x</webAction>',
      "<webAction>x</webAction>",
    ])
      expect(said(site(action)), action).to.equal(
        "A <webAction> has the type file with a filePath, or the type shell or start.",
      );
    expect(said(site(file("../a")))).to.equal('The path "../a" leaves the project.');
    expect(said(site(file(`${"a".repeat(300)}`)))).to.contain(
      `The path "${"a".repeat(200)}" holds a name of more than`,
    );
    expect(said(site(file("a/b"), file("a//b")))).to.equal("The file a/b is written twice.");
    expect(said(site(file("a/b/c"), file("a/b")))).to.equal("a/b is both a file and a folder.");
    expect(said(site(file("a"), file("a/b/c")))).to.equal("a is both a file and a folder.");
    expect(said(site())).to.equal("The manifest holds no files.");
  });

  it("counts bytes and files, and letters of the answer", () => {
    expect(said(site(file("a", "éé"), file("b", "é")), { maxBytes: 6 + 20 })).to.contain("characters");
    const text = site(file("a", "é".repeat(100)), file("b", "é".repeat(100)));
    expect(said(text, { maxBytes: 400 })).to.equal("ok");
    expect(said(text, { maxBytes: 399 })).to.equal("The files have more than 399 bytes together.");
    expect(said(text, { maxFiles: 2 })).to.equal("ok");
    expect(said(text, { maxFiles: 1 })).to.equal("There are more than 1 files.");
    expect(said("x".repeat(41), { maxBytes: 10 })).to.equal(
      "The answer has 41 characters; a site is not looked for in it.",
    );
    expect(said("x".repeat(40), { maxBytes: 10 })).to.contain("holds no <webArtifact");
  });

  it("is noted where it does no harm", () => {
    const artifact = artifactOf(
      `<webArtifact data-x="1">\n words \n${file("a")} more ${file("b")}\n${"z".repeat(100)}\n</webArtifact>`,
    );
    expect(artifact.notes).to.deep.equal([
      "The <webArtifact> lacks the attribute id.",
      "The <webArtifact> lacks the attribute title.",
      "Text between the actions is ignored: words",
      "Text between the actions is ignored: more",
      `Text between the actions is ignored: ${"z".repeat(80)}…`,
    ]);
    expect(artifact).to.not.have.property("title");
    expect(artifactOf(`<webArtifact id="a" title="">${file("a")}</webArtifact>`)).to.not.have.property(
      "title",
    );
    const many = Array.from({ length: 120 }, (_, i) => `${file(`f${i}`)} stray`);
    expect(artifactOf(site(...many)).notes).to.have.length(100);
    expect(artifactOf(`<think>a</think>${site(file("a"))}`).notes).to.deep.equal([]);
  });

  it("takes the first tag with attributes, or a bare one with an action after it", () => {
    expect(artifactOf(`<webArtifact>${file("a")}</webArtifact>`).files).to.have.keys("a");
    expect(artifactOf(`<webArtifact > \n ${file("a")}</webArtifact>`).files).to.have.keys("a");
    expect(said("<webArtifact> words </webArtifact>")).to.contain("holds no");
    expect(artifactOf(`<webArtifact>${file("a")}</webArtifact>${site(file("b"))}`).files).to.have.keys("b");
    expect(
      artifactOf(`<webArtifact>${file("a")}</webArtifact><webArtifact>${file("b")}</webArtifact>`).files,
    ).to.have.keys("a");
    expect(artifactOf(`${site(file("a"))}${site(file("b"))}`).files).to.have.keys("a");
    expect(said(`<webArtifact id=a title=b>${file("a")}</webArtifact>`)).to.contain("holds no");
    expect(said(`<webArtifactid="a">${file("a")}</webArtifact>`)).to.contain("holds no");
  });

  it("reads names and values of attributes as written, the first of each", () => {
    const token = (tag: string) => {
      const action = manifestTokens(`${open}${tag}x</webAction></webArtifact>`).find(
        ({ kind }) => kind === "action",
      );
      return action?.kind === "action" ? Object.fromEntries(action.attributes) : action;
    };
    expect(token('<webAction a="1" a="2" b=\'"\' c="\'" d="">')).to.deep.equal({
      a: "1",
      b: '"',
      c: "'",
      d: "",
    });
    expect(token('<webAction\n  x-y:z_1 =\t"v" >')).to.deep.equal({ "x-y:z_1": "v" });
    expect(token(`<webAction ${"n".repeat(64)}="v">`)).to.deep.equal({ ["n".repeat(64)]: "v" });
    expect(token(`<webAction ${"n".repeat(65)}="v">`)).to.equal(undefined);
    for (const bad of [
      '<webAction 1="v">',
      '<webAction a="<">',
      "<webAction a='<'>",
      '<webAction a="v"/>',
      '<webAction a "v">',
    ])
      expect(token(bad), bad).to.equal(undefined);
    expect(
      manifestTokens(`${open}<webActions>${file("a")}</webArtifact>`).map(({ kind }) => kind),
    ).to.deep.equal(["open", "stray", "action", "close"]);
  });

  it("takes an action after a closing tag in a file, and none after the last closing tag", () => {
    const text = `${open}${file("a", "</webArtifact>")}${file("b")}</webArtifact>${file("c")}`;
    expect(artifactOf(text).files).to.have.keys("a", "b");
    expect(artifactOf(text).files).to.include({ a: "</webArtifact>", b: "x" });
    const thought = "<think>y</think>";
    expect(artifactOf(site(file("a", thought))).files).to.deep.equal({ a: thought });
  });
});
