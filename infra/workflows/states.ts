/** What the synthesis reads of the states language. Everything else is handed on as it is. */
export interface Definition {
  StartAt: string;
  States: States;
}

export type States = Record<string, State>;

/** The step that a state is: "AwaitCertificate" of "AwaitCertificate (cdn)", by which it is told apart from the same step elsewhere. */
export const stepOf = (name: string): string => name.replace(/ \(.*\)$/, '');

/** Where a state, a rule of a choice or a catcher leads. */
export interface Leaving {
  Comment?: string;
  Next?: string;
}

export interface State extends Leaving {
  Type: string;
  End?: true;
  Default?: string;
  Choices?: Leaving[];
  Catch?: (Leaving & { ErrorEquals: string[] })[];
  Branches?: Definition[];
}

export interface Task extends State {
  Resource?: string;
  Arguments?: { FunctionName?: string; Payload?: object; Entries?: object[] };
  TimeoutSeconds?: number | string;
  Retry?: Retrier[];
  Output?: unknown;
}

/** A task as it is authored: how long it waits is said in words, by the name of the error (retriers.ts). */
export interface AuthoredTask extends Omit<Task, 'Retry'> {
  Retry?: Record<string, string>;
}

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds: number;
  BackoffRate: number;
  MaxDelaySeconds?: number;
  MaxAttempts: number;
  JitterStrategy?: 'FULL';
}
