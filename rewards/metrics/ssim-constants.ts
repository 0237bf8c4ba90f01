/** Numbers shared by both windows. */
export interface SsimConstants {
  readonly windowSize: number;
  readonly covarianceNorm: number;
  readonly c1: number;
  readonly c2: number;
}
