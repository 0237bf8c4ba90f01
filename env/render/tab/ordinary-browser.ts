/** What a page is told of the browser. */
interface BrowserIdentity {
  userAgent: string;
  userAgentMetadata: {
    brands: { brand: string; version: string }[];
    platform: string;
    platformVersion: string;
    architecture: string;
    model: string;
    mobile: boolean;
  };
}

/**
 * What pages are told of the browser: the same version without the word that says nobody is looking. A page that can tell
 * the scorer from a person can show each of them something else.
 */
export function ordinaryBrowser(userAgent: string): BrowserIdentity {
  const version = /Chrome\/([\d.]+)/.exec(userAgent)?.[1] ?? "";
  const major = version.split(".", 1)[0] ?? "";
  const brands = ["Chromium", "Google Chrome"].map((brand) => ({ brand, version: major }));
  return {
    userAgent: userAgent.replace("HeadlessChrome", "Chrome"),
    userAgentMetadata: {
      brands: [...brands, { brand: "Not/A)Brand", version: "99" }],
      platform: "Linux",
      platformVersion: "",
      architecture: "x86",
      model: "",
      mobile: false,
    },
  };
}
