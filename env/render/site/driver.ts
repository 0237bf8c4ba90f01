import { SITE_LIBRARY, siteCall } from "../in-page/site-script.js";
import type { Navigation, PageSource } from "../tab/navigation.js";
import { probePage } from "../tab/probe-driver.js";
import type { WebPage } from "../tab/web-page.js";

/** A visitor of a site: sees one page at a time, walks from one to the next. */
export interface SiteDriver {
  readonly navigation: Navigation;
  /** Opens an address of the site in a fresh state: new origin, empty storage. */
  open(path: string): Promise<void>;
  /** Opens an address as typing it would: the document is loaded again, storage stays. */
  go(path: string): Promise<void>;
  back(): Promise<void>;
  forward(): Promise<void>;
  /** Path, query and fragment. */
  address(): Promise<string>;
  call<T>(...call: Parameters<typeof siteCall>): Promise<T>;
  evaluate<T>(script: string): Promise<T>;
  hover(x: number, y: number): Promise<void>;
  click(x: number, y: number): Promise<void>;
  type(text: string): Promise<void>;
  press(key: string): Promise<void>;
  /** Lets the page's time pass, and waits when it goes to another address. */
  settle(milliseconds?: number): Promise<void>;
  png(): Promise<Uint8Array>;
  /** Takes the mouse off the page. */
  rest(): Promise<void>;
}

/** Drives a page that shows a site. */
export async function siteDriver(page: WebPage, source: PageSource): Promise<SiteDriver> {
  const probed = probePage(page, source);
  const { viewport } = page;
  const navigation = () => {
    if (!page.navigation) throw new Error("No page is open.");
    return page.navigation;
  };
  const settle = async (milliseconds = 300) => {
    navigation().documents = 0;
    await probed.settle(milliseconds / 2);
    // The document that the page went to, if it did, has its half.
    await probed.settle(milliseconds / 2);
  };
  const evaluate = <T>(script: string) => page.evaluate<T>(script);
  const call = <T>(...args: Parameters<typeof siteCall>) => evaluate<T>(siteCall(...args));
  const navigate = async (url: string) => {
    navigation().depart();
    await page.session.send("Page.navigate", { url });
    await settle(1000);
  };
  await page.install(SITE_LIBRARY);
  return {
    get navigation() {
      return navigation();
    },
    async open(path) {
      await page.load({ ...source, path }, viewport);
      await page.settle();
    },
    async go(path) {
      const goal = new URL(path, navigation().url);
      const now = new URL(await evaluate<string>("location.href"));
      goal.host = now.host;
      if (
        goal.hash !== "" &&
        goal.href.replace(/#.*/, "") === now.href.replace(/#.*/, "") &&
        goal.hash !== now.hash
      ) {
        await evaluate(`void (location.hash = ${JSON.stringify(goal.hash)})`);
        await settle();
        return;
      }
      if (goal.href === now.href) {
        navigation().depart();
        await page.session.send("Page.reload");
        await settle(1000);
      } else await navigate(goal.href);
    },
    async back() {
      await evaluate("void history.back()");
      await settle();
    },
    async forward() {
      await evaluate("void history.forward()");
      await settle();
    },
    address: () => evaluate<string>("location.pathname + location.search + location.hash"),
    call,
    evaluate,
    hover: (x, y) => probed.hover(x, y),
    click: (x, y) => probed.click(x, y),
    type: (text) => probed.type(text),
    press: (key) => probed.press(key),
    settle,
    png: async () => (await page.capture()).png,
    rest: () => probed.rest(),
  };
}
