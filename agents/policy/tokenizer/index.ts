export { createTokenizer, type Tokenizer } from "./tokenizer.js";
export type { TokenizerJson } from "./tokenizer-json.js";
export { type TrainBpeOptions, trainBpe } from "./train-bpe.js";
