const REMOTE_IMPORT = /@import\s+(?:url\(\s*)?(["']?)((?:https?:)?\/\/[^"')\s]+)\1\s*\)?[^;{}]*;?/g;
/** Addresses a bundler should leave as they are. */
const KEPT_ADDRESS =
  /\burl\(\s*(?:"(?:#|data:|(?:https?:)?\/\/)[^"\n]*"|'(?:#|data:|(?:https?:)?\/\/)[^'\n]*'|(?:#|data:|(?:https?:)?\/\/)[^()\s"']*)\s*\)/gi;
const KEPT = "webgen-kept-address-";
/** Keeps digits that follow an address from becoming part of its number. */
const END = "-end";

/** A style sheet without its imports from the network, and where those lead. */
export function withoutRemoteImports(css: string): {
  readonly css: string;
  readonly remote: readonly string[];
} {
  const remote: string[] = [];
  const local = css.replace(REMOTE_IMPORT, (_, _quote, address: string) => {
    remote.push(address);
    return "";
  });
  return { css: local, remote };
}

/** A style sheet with words in place of the addresses that a bundler should leave alone; those are put into `kept`. */
export function withoutAddresses(css: string, kept: string[]): string {
  return css.replace(KEPT_ADDRESS, (address) => `${KEPT}${kept.push(address) - 1}${END}`);
}

/** A style sheet with its addresses put back. */
export function withAddresses(css: string, kept: readonly string[]): string {
  return css.replace(new RegExp(`${KEPT}(\\d+)${END}`, "g"), (_, index: string) => kept[Number(index)] ?? "");
}
