/** Where the way back to the page's own look is kept, in the isolated world. */
const KEY = "webgenPlain";

/** Nothing may be on its way from one look to the other. */
const NO_TRANSITIONS = "*, *::before, *::after { transition: none !important }";

/**
 * A script for the isolated world that dresses the document, and each shadow root in reach, in more CSS. Its rules stand in
 * the first layer of all, so that their `!important` outweighs that of the page's own sheets; inline `!important` is taken
 * back meanwhile. Value: 0.
 */
export function dressScript(css: string): string {
  return `(${dress.toString()})(${JSON.stringify(KEY)}, ${JSON.stringify(NO_TRANSITIONS)}, ${JSON.stringify(css)}, [document])`;
}

/** The function that dresses the closed shadow root in which `this` stands, for `Runtime.callFunctionOn`. */
export function dressRootFunction(css: string): string {
  return `function () { (${dress.toString()})(${JSON.stringify(KEY)}, ${JSON.stringify(NO_TRANSITIONS)}, ${JSON.stringify(css)}, [this.getRootNode()]); }`;
}

/** A script that takes back whatever `dressScript` did. Value: 0. */
export function undressScript(): string {
  const key = JSON.stringify(KEY);
  return `globalThis[${key}]?.undo.reverse().forEach((undo) => undo()), globalThis[${key}] = undefined, 0`;
}

/** Runs in the isolated world. Uses nothing from outside its own body. */
function dress(key: string, still: string, css: string, roots: readonly (Document | ShadowRoot)[]): number {
  const world = globalThis as unknown as Record<
    string,
    { undo: (() => void)[]; done: Set<unknown> } | undefined
  >;
  world[key] ??= { undo: [], done: new Set() };
  const { undo, done } = world[key];
  const LAYER = "webgen-plain";
  const pending = [...roots];
  for (let root = pending.pop(); root !== undefined; root = pending.pop()) {
    const tree = root;
    if (done.has(tree)) continue;
    done.add(tree);
    // Documents of frames are of other realms, so their kind is not asked for by their constructor.
    const top = tree.ownerDocument === null ? (tree as unknown as Document) : undefined;
    const window = (top ?? tree.ownerDocument)?.defaultView ?? null;
    if (window === null) continue;
    for (const sheet of [...tree.styleSheets, ...tree.adoptedStyleSheets]) {
      try {
        sheet.insertRule(`@layer ${LAYER};`, 0);
        undo.push(() => sheet.deleteRule(0));
      } catch {
        // A sheet that may not be changed.
      }
    }
    const sheet = new (window as typeof globalThis & Window).CSSStyleSheet();
    sheet.replaceSync(`@layer ${LAYER} { ${still} ${css} }`);
    tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
    const loud: [CSSStyleDeclaration, string, Element][] = [];
    for (const element of tree.querySelectorAll("*")) {
      const { style } = element as Partial<HTMLElement>;
      if (style !== undefined && /!\s*important/i.test(style.cssText)) {
        loud.push([style, style.cssText, element]);
        style.cssText = style.cssText.replace(/\s*!\s*important/gi, "");
      }
      if (element.shadowRoot) pending.push(element.shadowRoot);
      const { contentDocument } = element as Partial<HTMLIFrameElement>;
      if (contentDocument) pending.push(contentDocument);
    }
    undo.push(() => {
      sheet.replaceSync(`@layer ${LAYER} { ${still} }`);
      for (const [style, text] of loud) style.cssText = text;
      // Whatever asks for a style has all of them worked out.
      void getComputedStyle(top?.documentElement ?? (tree as ShadowRoot).host).color;
      tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((each) => each !== sheet);
    });
  }
  return 0;
}
