/** The icon of the project's pages, a line that rises, as an address. */
export const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 12 6 8l3 2 5-6" fill="none" stroke="#0a7350" stroke-width="2.2" stroke-linecap="round"/></svg>',
)}`;
