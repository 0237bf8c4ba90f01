/** The page went elsewhere; what it showed is gone. */
export class PageLeft extends Error {
  override readonly name = "PageLeft";
  readonly url: string;

  constructor(url: string) {
    super(`The page left for ${url.slice(0, 200)} instead of staying to be seen.`);
    this.url = url;
  }
}
