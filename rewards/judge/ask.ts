/** A chat completion request without its model. */
export interface JudgeRequest {
  readonly messages: readonly [{ readonly role: "user"; readonly content: readonly JudgePart[] }];
  readonly temperature: number;
  readonly max_tokens: number;
}

/** Part of a message to a judge: a text, or a picture as a data URL. */
export type JudgePart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image_url"; readonly image_url: { readonly url: string } };

/**
 * Sends a request to a vision model and returns the text of its reply; throws when it cannot be had. A reply that is not
 * `readable` may be asked for again. `createVisionJudge(...).ask` is one.
 */
export type AskJudge = (
  request: JudgeRequest,
  signal: AbortSignal,
  readable?: (reply: string) => boolean,
) => Promise<string>;
