export { type BundleOptions, type BundleOutcome, bundle, type VirtualFiles } from "./bundle.js";
export { type BuildMode, type BuiltChunk, buildChunk, type LibraryChunk, withNeeds } from "./libraries.js";
export { type BuildProblem, describeProblem } from "./problem.js";
export { CLSX, LUCIDE, REACT, RECHARTS } from "./react-libraries.js";
export { createTailwind, type Tailwind } from "./tailwind.js";
export { COMPONENT_LIBRARIES } from "./tsx/compile.js";
export {
  buildComponent,
  type ComponentBuild,
  type ComponentPage,
} from "./tsx/document.js";
export { renderComponent } from "./tsx/render.js";
