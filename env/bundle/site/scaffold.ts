/**
 * The starter project every site is built on: Vite's React and TypeScript template with Tailwind 3, in the shape of
 * WebGen-R1's `vite-react-typescript-starter`. These files win over an answer's.
 */
export const FROZEN_FILES: Readonly<Record<string, string>> = {
  "index.html": `<!doctype html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1.0" />
    <title>Site</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/src/main.tsx"></script>
  </body>
</html>`,
  "src/main.tsx": `import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import App from './App.tsx';
import './index.css';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>
);`,
  "src/vite-env.d.ts": `/// <reference types="vite/client" />`,
  "tailwind.config.js": `/** @type {import('tailwindcss').Config} */
export default {
  content: ['./index.html', './src/**/*.{js,ts,jsx,tsx}'],
  theme: {
    extend: {},
  },
  plugins: [],
};`,
  "postcss.config.js": `export default {
  plugins: {
    tailwindcss: {},
    autoprefixer: {},
  },
};`,
  "vite.config.ts": `import { defineConfig } from 'vite';
import react from '@vitejs/plugin-react';

export default defineConfig({
  plugins: [react()],
});`,
  "tsconfig.json": `{
  "files": [],
  "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tsconfig.node.json" }]
}`,
  "tsconfig.app.json": `{
  "compilerOptions": {
    "target": "ES2020",
    "lib": ["ES2020", "DOM", "DOM.Iterable"],
    "module": "ESNext",
    "moduleResolution": "bundler",
    "jsx": "react-jsx",
    "strict": true,
    "noEmit": true
  },
  "include": ["src"]
}`,
  "tsconfig.node.json": `{
  "compilerOptions": { "target": "ES2022", "module": "ESNext", "moduleResolution": "bundler", "noEmit": true },
  "include": ["vite.config.ts"]
}`,
};

/** Files of the scaffold that stand only until an answer brings its own. */
export const DEFAULT_FILES: Readonly<Record<string, string>> = {
  "src/index.css": "@tailwind base;\n@tailwind components;\n@tailwind utilities;",
};

/** Files that belong to the build and carry nothing a page shows, so the scaffold need not have one of its own. */
const TOOLING =
  /^(?:package(?:-lock)?\.json|pnpm-lock\.yaml|yarn\.lock|(?:eslint|prettier|vitest|tailwind|postcss|vite)\.config\.[cm]?[jt]s|tsconfig[\w.]*\.json|\.[\w.-]+|[\w.-]+\.md|LICENSE)$/;

/** What becomes of a file of an answer. */
export type Slot = "used" | "frozen" | "tooling" | "outside";

/** `used`: an answer's to fill. `frozen`, `tooling`: the scaffold's. `outside`: no place of the project. */
export function slotOf(path: string): Slot {
  if (Object.hasOwn(FROZEN_FILES, path)) return "frozen";
  if (TOOLING.test(path)) return "tooling";
  return /^(?:src|public)\/./.test(path) && path !== "public/index.html" ? "used" : "outside";
}
