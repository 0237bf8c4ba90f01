export { type SpendLimit, SpendLimitError, type Spent } from "../../infra/chat/budget.js";
export { UnusableAnswerError } from "../../infra/chat/error.js";
export { type ReplyCache, repliesOnDisk } from "../../infra/chat/reply-cache.js";
export { type JudgedOptions, judged, LIKENESS_RUBRIC, LOOKS_RUBRIC } from "./absolute.js";
export { addressesJudge, findInjection, type Injection } from "./injection.js";
export { type JudgedItemsOptions, judgedItems } from "./items.js";
export {
  type AskOptions,
  createVisionJudge,
  type JudgeQuestion,
  type VisionJudge,
  type VisionJudgeOptions,
} from "./judge.js";
export { asData, DATA_RULE, pictureOf, sourceAsData } from "./material.js";
export { judgePair, type PairQuestion, type PairVerdict } from "./pair.js";
export { askRepeatedly, median, type Repeated, spread } from "./repeat.js";
export { type JudgedTournamentOptions, judgedTournament } from "./tournament.js";
