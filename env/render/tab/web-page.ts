import { createHash } from "node:crypto";
import type { Viewport } from "../../contract/task.js";
import { PageGone, ProtocolError, type Session } from "../browser/connection.js";
import type { BrowserProcess } from "../browser/launch.js";
import { type RawSnapshot, SNAPSHOT_STYLES } from "../snapshot.js";
import { type ClockReading, type Leaving, leaveDocument, runClock, setTour } from "./clock.js";
import { SHOW_DEFERRED } from "./deferred.js";
import { type ExtentLimits, measurePage, pictureHeight } from "./extent.js";
import { FrameStepper } from "./frame-stepper.js";
import { IsolatedWorld } from "./isolated-world.js";
import { listen } from "./listen.js";
import { Navigation, type PageSource } from "./navigation.js";
import { openTab } from "./open-tab.js";
import { PageLeft } from "./page-left.js";
import { photograph } from "./photograph.js";
import { tourPage } from "./scroll-tour.js";
import { tooManyNodes } from "./too-large.js";

/** Milliseconds by which the clock of animations jumps before the picture, so that all that end have ended. */
const ANIMATION_LEAP = 10_000;
/** The millisecond of its own at which what is animated for ever is shown. */
const POSE = 10_000;
/** Milliseconds of its own time a page has to adapt to a window of another size. */
const ADAPT_TIME = 200;
/** Milliseconds of its own time a page has after it was scrolled through: what counts or fades in has ended then. */
const AFTER_TOUR = 2000;
/** What a page can store without a network. */
const STORED =
  "local_storage,indexeddb,cache_storage,service_workers,file_systems,shared_storage,storage_buckets";
/** Most milliseconds waited for a page that is going to another address of its site. */
const ARRIVAL = 1000;

export interface PageOptions extends ExtentLimits {
  readonly seed: number;
  readonly stepped: boolean;
  /** Most nodes of a document. */
  readonly maxNodes: number;
  /** Milliseconds of the page's own time it may run after loading. */
  readonly settleTime: number;
}

export interface Capture {
  readonly png: Uint8Array;
  readonly height: number;
  /** Height of the content, which may be more than was captured. */
  readonly contentHeight: number;
}

/**
 * The one page of a browser. It is used again and again: every document gets an origin and script state of its own,
 * while process, frame and compositor stay warm.
 */
export class WebPage {
  readonly session: Session;
  readonly #options: PageOptions;
  readonly #world: IsolatedWorld;
  readonly #frames: FrameStepper;
  #navigation: Navigation | undefined;
  #viewport: Viewport = { width: 0, height: 0 };
  #moving = true;
  /** Whether the page waits to be scrolled. */
  #waits = false;
  #interrupt: (error: Error) => void = () => {};

  private constructor(session: Session, frameId: string, options: PageOptions) {
    this.session = session;
    this.#options = options;
    this.#world = new IsolatedWorld(session, frameId);
    this.#frames = new FrameStepper(session, options.stepped);
  }

  static async open(browser: BrowserProcess, options: PageOptions): Promise<WebPage> {
    const { session, frameId } = await openTab(browser, options);
    const page = new WebPage(session, frameId, options);
    listen(session, frameId, () => page.#navigation);
    session.on("Inspector.targetCrashed", () => page.#interrupt(new PageGone("The page's process ended.")));
    return page;
  }

  /** What happened to the document that is open. */
  get navigation(): Navigation | undefined {
    return this.#navigation;
  }

  get viewport(): Viewport {
    return this.#viewport;
  }

  /** Rejects with PageGone when the page's process ends, and with PageLeft when another document takes its place. */
  interrupted(): Promise<never> {
    return new Promise((_, reject) => {
      this.#interrupt = reject;
    });
  }

  /**
   * Opens a document under an origin of its own and waits until it has loaded. The origin follows from the document, and nothing
   * is kept there. `opened` is called when it has taken the place of the document before.
   */
  async load(source: PageSource, viewport: Viewport, opened = () => {}): Promise<Navigation> {
    const { session } = this;
    if (this.#navigation !== undefined && !(await this.leave()))
      throw new PageGone("The document before did not end.");
    const host = createHash("sha256").update(source.html).digest("hex").slice(0, 12);
    const navigation = new Navigation(`https://${host}.webgen.invalid/`, source);
    navigation.opened = opened;
    this.#navigation = navigation;
    this.#world.renew();
    navigation.renewed = () => this.#world.renew();
    this.#frames.begin();
    const settled = new Promise<void>((resolve) => {
      navigation.settled = resolve;
      navigation.departed = (url) => this.#interrupt(new PageLeft(url));
    });
    const [, , { errorText }] = await Promise.all([
      session.send("Runtime.enable"),
      this.setViewport(viewport),
      session.send("Page.navigate", { url: navigation.address }),
    ]);
    if (errorText !== undefined && !navigation.served)
      throw new PageGone(`The page did not open: ${errorText}.`);
    await settled;
    // A process that ended stops loading, too; a question tells the two apart.
    if (navigation.left !== undefined) await session.send("Runtime.evaluate", { expression: "0" });
    return navigation;
  }

  /**
   * Lets the page's timers run, and draws it once on the way, as observers of visibility and size wait for a frame. A page that is
   * taller than its window and listens to scrolling is scrolled through.
   */
  async settle(): Promise<void> {
    const { settleTime } = this.#options;
    const [forgotten] = await Promise.all([
      this.#forgetHistory(),
      measurePage(this.session).then(({ contentHeight }) => this.#fitSurface(contentHeight)),
      this.advance(settleTime / 2),
    ]);
    if (!forgotten && !(await this.#forgetHistory())) throw new PageLeft("another page of its history");
    const ask = (expression: string) => this.evaluate<unknown>(expression).catch(rethrowUnlessRefused);
    if (this.#navigation?.defers) await ask(SHOW_DEFERRED);
    await this.frame();
    this.#moving = await this.advance(settleTime / 2, POSE);
    if (this.#waits) await this.#tour(ask);
  }

  async #tour(evaluate: (expression: string) => Promise<unknown>): Promise<void> {
    const { contentHeight } = await measurePage(this.session);
    if (contentHeight <= this.#viewport.height) return;
    await this.#say(setTour(true));
    const { viewport } = this;
    const frame = () => this.frame();
    const advance = (milliseconds: number) => this.advance(milliseconds);
    await tourPage({ viewport, evaluate, frame, advance }, contentHeight);
    await this.#say(setTour(false));
    this.#moving = await this.advance(AFTER_TOUR, POSE);
  }

  /**
   * Lets this many milliseconds of the page's own time pass, as fast as its tasks allow. With `pose`, what is animated for
   * ever is then halted at this millisecond of its own. A page that goes to another address of its site is waited for. False when it is known that nothing
   * is animated. Throws TooLarge when the document is.
   */
  async advance(milliseconds: number, pose: number | undefined = undefined): Promise<boolean> {
    const answer = await this.session
      .send("Runtime.evaluate", {
        expression: runClock(milliseconds, pose),
        awaitPromise: true,
        returnByValue: true,
      })
      .catch(rethrowUnlessRefused);
    const { moving, elements, listened, late } = (answer?.result.value ?? {}) as Partial<ClockReading>;
    // Where nothing is served, what is loaded late is refused anyway.
    this.#waits = listened === true || (late === true && this.#navigation?.source.serve !== undefined);
    await this.#navigation?.arrival(ARRIVAL);
    const { maxNodes } = this.#options;
    if (elements !== undefined && elements > maxNodes) throw tooManyNodes(elements, maxNodes);
    return moving !== false;
  }

  /** Goes one frame further; see {@link FrameStepper.frame}. */
  frame(): Promise<void> {
    return this.#draw(() => this.#frames.frame());
  }

  /** The whole page as a PNG, animations finished, scrolled to its top. */
  async capture(): Promise<Capture> {
    if (this.#moving) await this.#draw(() => this.#frames.frame(ANIMATION_LEAP));
    const { scrolled, ...found } = await measurePage(this.session);
    if (scrolled) await this.#scrollToTop();
    const { contentHeight } = scrolled ? await measurePage(this.session) : found;
    await this.#fitSurface(contentHeight);
    const height = pictureHeight(contentHeight, this.#viewport, this.#options);
    const png = this.#frames.stepped
      ? await this.#draw(() => this.#frames.shoot(ANIMATION_LEAP))
      : await photograph(this, height);
    if (scrolled) await this.session.send("Emulation.setScriptExecutionDisabled", { value: false });
    return { png, height, contentHeight };
  }

  /** Shows the document in a window of another size, lets it adapt, and draws it as `capture` does. */
  async captureAt(viewport: Viewport): Promise<Capture> {
    await this.setViewport(viewport);
    await this.frame();
    this.#moving = await this.advance(ADAPT_TIME, POSE);
    return this.capture();
  }

  /**
   * Ends the document: its frames, its listeners, its cookies, and what it stored. What it does on leaving, it does now. False when
   * something of it may be left, after which the page is of no more use.
   */
  async leave(): Promise<boolean> {
    const navigation = this.#navigation;
    if (navigation === undefined) return true;
    const { session } = this;
    const [answer] = await Promise.all([
      session
        .send("Runtime.evaluate", { expression: leaveDocument(), returnByValue: true })
        .catch(rethrowUnlessRefused),
      session.send("Storage.clearCookies"),
    ]);
    const { gone, stored } = (answer?.result.value ?? {}) as Partial<Leaving>;
    if (gone !== true) return false;
    if (stored) await this.#clearStorage(new URL(navigation.url).origin);
    this.#navigation = undefined;
    return true;
  }

  async #clearStorage(securityOrigin: string): Promise<void> {
    const { session } = this;
    await session.send("DOMStorage.enable");
    await Promise.all([
      session.send("DOMStorage.clear", { storageId: { securityOrigin, isLocalStorage: false } }),
      session.send("Storage.clearDataForOrigin", { origin: securityOrigin, storageTypes: STORED }),
    ]);
    await session.send("DOMStorage.disable");
  }

  /** Lets more milliseconds of the page's own time pass, for what is animated for ever as well, and draws it again. */
  async captureLater(milliseconds: number): Promise<Capture> {
    this.#moving = await this.advance(milliseconds, POSE + milliseconds);
    return this.capture();
  }

  /** What the window shows as it stands, without what lies above and below it. */
  async windowPicture(): Promise<Uint8Array> {
    await this.#fitSurface(0);
    if (this.#frames.stepped) return this.#draw(() => this.#frames.shoot());
    const { data } = await this.session.send("Page.captureScreenshot", {
      format: "png",
      optimizeForSpeed: true,
    });
    return Buffer.from(data, "base64");
  }

  /** Layout, computed styles and text boxes of the page as it stands. Throws TooLarge when it has too many nodes. */
  async snapshot(): Promise<RawSnapshot> {
    const snapshot: RawSnapshot = await this.session.send("DOMSnapshot.captureSnapshot", {
      computedStyles: [...SNAPSHOT_STYLES],
      includePaintOrder: true,
    });
    const { maxNodes } = this.#options;
    const nodes = snapshot.documents.reduce((sum, { nodes }) => sum + (nodes.nodeType?.length ?? 0), 0);
    if (nodes > maxNodes) throw tooManyNodes(nodes, maxNodes);
    return snapshot;
  }

  /** Evaluates an expression in the isolated world of the main frame. */
  evaluate<T>(expression: string): Promise<T> {
    return this.#world.evaluate<T>(expression);
  }

  /** Calls a function on a node in the isolated world. */
  callOn(backendNodeId: number, functionDeclaration: string): Promise<void> {
    return this.#world.callOn(backendNodeId, functionDeclaration);
  }

  /** Runs a script in the isolated world, in this document and at the start of all that come; once, if called again. */
  install(source: string): Promise<void> {
    return this.#world.install(source);
  }

  /** Gives the page's window another size. */
  async setViewport(viewport: Viewport): Promise<void> {
    const { width, height } = viewport;
    if (width === this.#viewport.width && height === this.#viewport.height) return;
    this.#viewport = { width, height };
    await this.session.send("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
      dontSetVisibleSize: true,
      screenWidth: width,
      screenHeight: height,
      positionX: 0,
      positionY: 0,
    });
  }

  /** A frame that is asked for while one document takes the place of another may never come. */
  async #draw<T>(draw: () => Promise<T>): Promise<T> {
    await this.#navigation?.arrival(ARRIVAL);
    const drawing = draw();
    this.#navigation?.hold(drawing);
    return drawing;
  }

  /** Tells the clock in the page something; a page on its way elsewhere does not hear it. */
  async #say(expression: string): Promise<void> {
    await this.session.send("Runtime.evaluate", { expression }).catch(rethrowUnlessRefused);
  }

  #fitSurface(contentHeight: number): Promise<void> {
    return this.#frames.resize(
      this.#viewport.width,
      pictureHeight(contentHeight, this.#viewport, this.#options),
    );
  }

  /** Leaves no way back to the document before. False while the page is on such a way. */
  async #forgetHistory(): Promise<boolean> {
    const done = this.session.send("Page.resetNavigationHistory").then(() => true);
    return (await done.catch(rethrowUnlessRefused)) === true;
  }

  /** The page's scripts stand still until the picture is taken, as they might scroll back. */
  async #scrollToTop(): Promise<void> {
    const { session } = this;
    await session.send("Emulation.setScriptExecutionDisabled", { value: true });
    await this.evaluate("scrollTo({ left: 0, top: 0, behavior: 'instant' })");
  }
}

/** A page on its way elsewhere cannot be asked; that it left is known from its events. */
function rethrowUnlessRefused(error: unknown): undefined {
  if (!(error instanceof ProtocolError)) throw error;
}
