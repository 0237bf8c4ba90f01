/** How an agent is written on the command line. */
export const AGENT_GRAMMAR = `An agent is written as one of
  checkpoint:FOLDER              one sample of a trained policy
  remote:MODEL@URL               one sample of an OpenAI-compatible server, e.g. remote:qwen3@http://localhost:8000/v1
  best-of-N:..., polish-TURNS:...   the best of N samples, or drafts and revisions, of one of these two
  NAME                           a registered agent; reference hands in the task's own reference
  MODULE#EXPORT                  an agent from a module of yours, e.g. ./mine.js#agent
any with a name in front: SHOWN=...`;
