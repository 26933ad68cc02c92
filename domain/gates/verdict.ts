/** What one look of a gate comes to. */
export type Verdict<Output> = Open<Output> | Closed | Ailing | Redo | Failed;

/** Nothing is waited for any more. */
export interface Open<Output> {
  state: 'open';
  /** What was found, for the timeline. */
  message: string;
  /** What later steps read. */
  output: Output;
}

/** Something has to happen first: the workflow looks again, for as long as the gate's state retries. */
export interface Closed {
  state: 'closed';
  /** What is waited for and, where a person can do something, what that is. */
  message: string;
  /** When the wait ends at the latest, where that is known. */
  until?: Date;
}

/** Something is wrong that may settle by itself, or be mended meanwhile: it fails after a grace period. */
export interface Ailing {
  state: 'ailing';
  message: string;
  /** What the operation fails with afterwards; ends with what to do. */
  failure: string;
}

/** What is waited for no longer exists: an earlier state of the workflow makes it again. */
export interface Redo {
  state: 'redo';
  message: string;
  /** Not before then; at once where it is left out. */
  at?: Date;
}

/** Waiting cannot help. */
export interface Failed {
  state: 'failed';
  name: 'Misconfigured' | 'Refused' | 'Unproven' | 'QuotaReached';
  /** What is wrong and what to do. */
  message: string;
}
