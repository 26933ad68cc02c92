import type { Host } from '../../../host.ts';
import { metricKey } from '../metrics/metric.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import type { Alarm } from './alarm.ts';
import { judge } from './verdict.ts';

/** Called when an alarm's state has become another. */
export type OnStateChange = (alarm: Alarm, previous: Pick<Alarm, 'state' | 'reason' | 'stateAt'>) => void;

/**
 * Evaluates alarms at the ends of their periods. An alarm whose metric is silent and whose state can't change any more
 * sleeps until the next measurement: AWS time can leap over months of silence at no cost.
 */
export class Evaluating {
  readonly #host: Host;
  readonly #store: MetricStore;
  readonly #onChange: OnStateChange;

  constructor(host: Host, { store, onChange }: { store: MetricStore; onChange: OnStateChange }) {
    this.#host = host;
    this.#store = store;
    this.#onChange = onChange;
  }

  /** Wakes those of the alarms that watch the metric something was just recorded for. */
  wake(alarms: Iterable<Alarm>, recorded: Parameters<typeof metricKey>[0]): void {
    const key = metricKey(recorded);
    for (const alarm of alarms) if (metricKey(alarm.metric) === key) this.plan(alarm);
  }

  /** Plans an evaluation at the end of the running period, unless one is planned. */
  plan(alarm: Alarm): void {
    if (alarm.timer) return;
    const { clock } = this.#host;
    const now = clock.now().getTime();
    alarm.timer = clock.after(alarm.periodMs - (now % alarm.periodMs), () => {
      alarm.timer = undefined;
      this.#evaluate(alarm);
    });
  }

  /** Puts an alarm into a state, by an evaluation or by hand. */
  setState(alarm: Alarm, { state, reason }: Pick<Alarm, 'state' | 'reason'>): void {
    if (state === alarm.state) return;
    const previous = { state: alarm.state, reason: alarm.reason, stateAt: alarm.stateAt };
    Object.assign(alarm, { state, reason, stateAt: this.#host.clock.now() });
    this.#onChange(alarm, previous);
  }

  #evaluate(alarm: Alarm): void {
    const now = this.#host.clock.now().getTime();
    const verdict = judge(alarm, this.#store.find(alarm.region, alarm.metric), now);
    const changed = verdict.state !== alarm.state;
    this.setState(alarm, verdict);
    if (changed || verdict.seen > 0) this.plan(alarm);
  }
}
