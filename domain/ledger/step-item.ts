import type { Made } from './made.ts';

/** One step of the running or last operation of a site. */
export interface StepItem<Output = Record<string, unknown>> {
  name: string;
  revision: number;
  state: 'running' | 'waiting' | 'done' | 'failed';
  startedAt: string;
  endedAt?: string;
  /** While it waits: what for, and what a person can do about it. */
  waitingFor?: string;
  /** While it waits, where it is known: until when at the latest, ISO 8601 in UTC. */
  waitingUntil?: string;
  /** While it waits: how many looks have found what may still settle, where they are counted. */
  looks?: number;
  /** How many entries of the timeline tell what it waits for in this revision, and the instant of the last one. */
  told?: { entries: number; at: string };
  made: Made[];
  /** What later steps read: ids and ARNs. */
  output?: Output;
  message?: string;
}
