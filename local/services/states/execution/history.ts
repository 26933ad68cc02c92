import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Clock } from '../../../clock/clock.ts';
import { StateFailure } from '../language/failure.ts';

/** Events of one execution; the last is kept for its end. Source: Step Functions guide, "Quotas"; checked 2026-11-22. */
export const MAX_EVENTS = 25_000;

export type EventType = NonNullable<HistoryEvent['type']>;

/** What an event says besides its type, id and time. */
export type Details = Omit<Partial<HistoryEvent>, 'id' | 'previousEventId' | 'timestamp' | 'type'>;

/** The events of an execution, numbered from 1. */
export class History {
  readonly events: HistoryEvent[] = [];
  readonly #clock: Clock;
  readonly #onEvent: (event: HistoryEvent) => void;

  constructor(clock: Clock, onEvent: (event: HistoryEvent) => void) {
    this.#clock = clock;
    this.#onEvent = onEvent;
  }

  get full(): boolean {
    return this.events.length >= MAX_EVENTS - 1;
  }

  /** Returns the event's id. Throws StateFailure when only the execution's end still fits. */
  add(type: EventType, previousEventId: number, details: Details = {}): number {
    if (this.full) {
      const cause = `The execution reached the maximum number of history events (${MAX_EVENTS}).`;
      throw new StateFailure('States.Runtime', cause);
    }
    return this.addLast(type, previousEventId, details);
  }

  addLast(type: EventType, previousEventId: number, details: Details = {}): number {
    const id = this.events.length + 1;
    const event: HistoryEvent = { timestamp: this.#clock.now(), type, id, previousEventId, ...details };
    this.events.push(event);
    this.#onEvent(event);
    return id;
  }
}
