import "./catalog.js";

export * from "./agents/index.js";
export * from "./datasets/index.js";
export * from "./env/index.js";
export * from "./infra/errors.js";
export { createRandom, type RandomStream } from "./infra/random.js";
export * from "./rewards/index.js";
