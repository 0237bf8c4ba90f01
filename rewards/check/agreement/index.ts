export { type AgreementOptions, checkAgreement } from "./agreement.js";
export { type Brief, briefOf } from "./brief.js";
export { DESIGNS, type Design } from "./designs/index.js";
export { RUINS, type RuinFamily } from "./ruins/index.js";
export type { AgreementReport, AgreementSample, Spread } from "./types.js";
export { AGREEMENT_BOUNDS, type AgreementVerdict, agreementVerdicts } from "./verdicts.js";
