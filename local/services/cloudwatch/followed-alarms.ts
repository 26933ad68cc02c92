import type { StateValue } from '@aws-sdk/client-cloudwatch';
import type { Alarm } from './alarms/alarm.ts';
import type { Alarms } from './alarms/alarms.ts';
import type { Evaluating } from './alarms/evaluating.ts';

/**
 * Alarms as health checks follow them: the metric and the threshold that they had when the check took them, judged apart from the
 * alarm. What SetAlarmState says, and later changes of the alarm, do not reach them.
 */
export class FollowedAlarms {
  readonly #alarms: Alarms;
  readonly #evaluating: Evaluating;
  readonly #followed = new Set<Alarm>();

  constructor(alarms: Alarms, evaluating: Evaluating) {
    this.#alarms = alarms;
    this.#evaluating = evaluating;
  }

  of(region: string): Alarm[] {
    return [...this.#followed].filter((alarm) => alarm.region === region);
  }

  /** Tells what the metric says at every evaluation, until the returned function is called. Undefined for no such alarm. */
  follow(region: string, name: string, told: (state: StateValue) => void): (() => void) | undefined {
    const alarm = this.#alarms.find(name, region);
    if (!alarm) return undefined;
    // A health check has no "M out of N".
    const copy: Alarm = { ...alarm, toAlarm: alarm.periods, state: 'INSUFFICIENT_DATA', timer: undefined, told };
    this.#followed.add(copy);
    this.#evaluating.plan(copy);
    return () => {
      copy.timer?.cancel();
      this.#followed.delete(copy);
    };
  }
}
