/**
 * Features switched off. `RenderDocument`, `ProactivelySwapBrowsingInstance` and `BackForwardCache` would give every
 * navigation a new frame, compositor or process: without them opening a document costs 17 ms of processor time less, out
 * of 60. The others only make noise of their own.
 */
const DISABLED_FEATURES = [
  "RenderDocument",
  "ProactivelySwapBrowsingInstance",
  "BackForwardCache",
  "SpareRendererForSitePerProcess",
  "PaintHolding",
  "Translate",
  "MediaRouter",
  "OptimizationHints",
  "InterestFeedContentSuggestions",
  "AutofillServerCommunication",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "DialMediaRouteProvider",
  "GlobalMediaControls",
];

/** A browser serves one page at a time, so drawing and the (closed) network need no processes of their own. */
const ALWAYS = [
  "--headless",
  "--remote-debugging-pipe",
  "--disable-gpu",
  "--in-process-gpu",
  "--enable-features=NetworkServiceInProcess2",
  "--hide-scrollbars",
  "--mute-audio",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-service-autorun",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--disable-hang-monitor",
  "--disable-breakpad",
  "--disable-crash-reporter",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-extensions",
  "--disable-field-trial-config",
  "--disable-notifications",
  "--disable-popup-blocking",
  "--disable-prompt-on-repost",
  "--disable-search-engine-choice-screen",
  "--disable-sync",
  "--disable-client-side-phishing-detection",
  "--disable-speech-api",
  "--disable-blink-features=AutomationControlled",
  "--disable-webgl",
  "--disable-3d-apis",
  "--disable-site-isolation-trials",
  "--metrics-recording-only",
  "--password-store=basic",
  "--use-mock-keychain",
  "--block-new-web-contents",
  `--disable-features=${DISABLED_FEATURES.join(",")}`,
];

/** Nothing leaves: names do not resolve, every connection goes to a proxy that is not there, WebRTC included. */
const CLOSED_NETWORK = [
  "--proxy-server=socks5://0.0.0.0:9",
  "--proxy-bypass-list=<-loopback>",
  "--host-resolver-rules=MAP * ~NOTFOUND",
  "--dns-prefetch-disable",
  "--disable-quic",
  "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--no-pings",
];

/** The same pixels on every machine: scale, colours, hinting, language. */
const SAME_PIXELS = [
  "--force-device-scale-factor=1",
  "--force-color-profile=srgb",
  "--font-render-hinting=none",
  "--disable-font-subpixel-positioning",
  "--disable-lcd-text",
  "--disable-partial-raster",
  "--lang=en-US",
  "--accept-lang=en-US",
  "--blink-settings=mainFrameClipsContent=false",
];

/** Frames are drawn when asked for, never by a timer (headless shell only). */
const STEPPED_FRAMES = [
  "--deterministic-mode",
  "--enable-begin-frame-control",
  "--run-all-compositor-stages-before-draw",
  "--disable-new-content-rendering-timeout",
  "--disable-threaded-animation",
  "--disable-threaded-scrolling",
  "--disable-checker-imaging",
  "--disable-image-animation-resync",
];

export interface FlagOptions {
  readonly userDataDirectory: string;
  /** False leaves Chromium's own sandbox off; only root needs that. */
  readonly sandbox: boolean;
  /** True where the browser can step frames. */
  readonly stepped: boolean;
  /** Most megabytes of JavaScript heap a page may use. */
  readonly heapMegabytes: number;
}

/** The command line of a browser that renders hostile pages the same way every time. */
export function browserFlags({ userDataDirectory, sandbox, stepped, heapMegabytes }: FlagOptions): string[] {
  return [
    ...ALWAYS,
    ...CLOSED_NETWORK,
    ...SAME_PIXELS,
    ...(stepped ? STEPPED_FRAMES : []),
    ...(sandbox ? [] : ["--no-sandbox"]),
    `--js-flags=--max-old-space-size=${heapMegabytes}`,
    `--user-data-dir=${userDataDirectory}`,
    "about:blank",
  ];
}
