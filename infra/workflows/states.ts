/** What the synthesis reads of the states language. Everything else is handed on as it is. */
export interface Definition {
  States: States;
}

export type States = Record<string, State>;

export interface State {
  Type: string;
  Branches?: Definition[];
}

export interface Task extends State {
  Resource?: string;
  Arguments?: object;
  TimeoutSeconds?: number | string;
  Retry?: Retrier[];
  Catch?: { ErrorEquals: string[] }[];
  Output?: unknown;
}

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds: number;
  BackoffRate: number;
  MaxDelaySeconds?: number;
  MaxAttempts: number;
  JitterStrategy?: 'FULL';
}
