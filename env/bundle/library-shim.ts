/** Name of the page's global that holds the libraries, by module name. */
export const LIBRARIES_KEY = "__webgenLibraries";

/** A module that hands out a library of the page's global. Its export names are spelled out, so that wrong ones are found. */
export function libraryShim(name: string, exports: readonly string[]): string {
  const library = `globalThis[${JSON.stringify(LIBRARIES_KEY)}][${JSON.stringify(name)}]`;
  return `const __library = ${library};
export default "default" in __library ? __library.default : __library;
export const { ${exports.join(", ")} } = __library;`;
}
