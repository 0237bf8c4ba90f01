/** A module of work that is done in worker processes. Inputs and results are plain data, as JSON can say it. */
export interface JobModule {
  readonly jobs: Readonly<Record<string, (input: never) => unknown>>;
  /** Loads whatever the jobs will need; when it has resolved, the worker's file system may be taken away. */
  readonly prepare?: () => Promise<void>;
}

/** Thrown by a job after which its worker is of no more use, such as when a helper process of it has ended. */
export class LeaveWorker extends Error {
  override readonly name = "LeaveWorker";
}
