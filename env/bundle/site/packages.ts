import type { LibraryChunk } from "../libraries.js";
import { CLSX, LUCIDE, REACT, RECHARTS } from "../react-libraries.js";

/** React Router 6, the version of WebGen-R1's starter project. */
export const ROUTER: LibraryChunk = {
  name: "react-router",
  modules: ["react-router", "react-router-dom"],
  needs: [REACT],
};

/** What a site may import besides its own files. */
export const SITE_LIBRARIES: readonly LibraryChunk[] = [REACT, ROUTER, LUCIDE, RECHARTS, CLSX];

/** The packages behind `SITE_LIBRARIES`. */
export const SITE_PACKAGES: ReadonlySet<string> = new Set(
  SITE_LIBRARIES.flatMap(({ modules }) => modules).map((name) => name.split("/", 1)[0] as string),
);
