import type { Host } from '../../../host.ts';
import { metricKey } from '../metrics/metric.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import { type Alarm, stepMs } from './alarm.ts';
import { EXTRA_PERIODS, judge } from './verdict.ts';

/** Called when an alarm's state has become another. */
export type OnStateChange = (alarm: Alarm, previous: PreviousState) => void;

export type PreviousState = Pick<Alarm, 'state' | 'reason' | 'reasonData' | 'stateAt'>;

/**
 * Evaluates alarms every minute, or at the ends of their periods where those are shorter. An alarm whose metric is silent and whose state can't change any more
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

  /** Plans the next evaluation, unless one is planned. */
  plan(alarm: Alarm): void {
    if (alarm.timer) return;
    const { clock } = this.#host;
    const now = clock.now().getTime();
    const step = stepMs(alarm);
    alarm.timer = clock.after(step - (now % step), () => {
      alarm.timer = undefined;
      this.#evaluate(alarm);
    });
  }

  /** Puts an alarm into a state, by an evaluation or by hand. */
  setState(
    alarm: Alarm,
    { state, reason, reasonData }: Pick<Alarm, 'state' | 'reason'> & { reasonData?: string | undefined },
  ): void {
    alarm.told?.(state);
    if (state === alarm.state) return;
    const previous = {
      state: alarm.state,
      reason: alarm.reason,
      reasonData: alarm.reasonData,
      stateAt: alarm.stateAt,
    };
    Object.assign(alarm, { state, reason, reasonData, stateAt: this.#host.clock.now() });
    if (!alarm.told) this.#onChange(alarm, previous);
  }

  #evaluate(alarm: Alarm): void {
    const now = this.#host.clock.now().getTime();
    const metric = this.#store.find(alarm.region, alarm.metric);
    const verdict = judge(alarm, metric, now);
    const changed = verdict.state !== alarm.state;
    this.setState(alarm, verdict);
    // A metric that has had one value over all that is looked at gives the same verdict until it changes.
    const looksBackTo = now - (alarm.periods + EXTRA_PERIODS) * alarm.periodMs - (now % stepMs(alarm));
    const same = metric?.heldSince !== undefined && metric.heldSince <= looksBackTo;
    if (changed || (verdict.seen > 0 && !same)) this.plan(alarm);
  }
}
