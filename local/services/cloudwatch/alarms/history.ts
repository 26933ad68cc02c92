import type { AlarmHistoryItem, HistoryItemType } from '@aws-sdk/client-cloudwatch';
import type { Host } from '../../../host.ts';
import type { Alarm } from './alarm.ts';
import { configurationIn } from './history-data.ts';

/** Source: CloudWatch User Guide, "Using Amazon CloudWatch alarms": 30 days, also of alarms that are deleted; checked 2026-11-30. */
const KEPT_MS = 30 * 86_400_000;

export type Item = AlarmHistoryItem & { AlarmName: string; Timestamp: Date; HistoryItemType: HistoryItemType };

/** What happened to the alarms of every Region: changes of their settings and states, and what came of their actions. */
export class AlarmHistory {
  readonly #host: Host;
  readonly #byRegion = new Map<string, Item[]>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Oldest first. */
  of(region: string): Item[] {
    const since = this.#host.clock.now().getTime() - KEPT_MS;
    const kept = (this.#byRegion.get(region) ?? []).filter(({ Timestamp }) => Timestamp.getTime() >= since);
    this.#byRegion.set(region, kept);
    return kept;
  }

  configured(alarm: Alarm, operation: 'create' | 'update' | 'delete'): void {
    const type = { create: 'Create', update: 'Update', delete: 'Delete' }[operation];
    const done = `${operation}d`;
    this.#add(alarm, {
      type: 'ConfigurationUpdate',
      summary: `Alarm "${alarm.settings.AlarmName}" ${done}`,
      data: { version: '1.0', type, [`${done}Alarm`]: configurationIn(alarm) },
    });
  }

  changed(alarm: Alarm, previous: Pick<Alarm, 'state' | 'reason' | 'reasonData'>): void {
    this.#add(alarm, {
      type: 'StateUpdate',
      summary: `Alarm updated from ${previous.state} to ${alarm.state}`,
      data: { version: '1.0', oldState: stateIn(previous), newState: stateIn(alarm) },
    });
  }

  /** The outcome of an action; what a topic was sent, and why it was not. */
  acted(alarm: Alarm, { arn, published, error }: { arn: string; published?: string; error?: string }): void {
    this.#add(alarm, {
      type: 'Action',
      summary: `${error === undefined ? 'Successfully executed' : 'Failed to execute'} action ${arn}`,
      data: {
        actionState: error === undefined ? 'Succeeded' : 'Failed',
        stateUpdateTimestamp: alarm.stateAt.getTime(),
        notificationResource: arn,
        ...(published !== undefined && { publishedMessage: published }),
        ...(error !== undefined && { error }),
      },
    });
  }

  #add(alarm: Alarm, { type, summary, data }: { type: HistoryItemType; summary: string; data: object }): void {
    this.#byRegion.set(alarm.region, [
      ...this.of(alarm.region),
      {
        AlarmName: alarm.settings.AlarmName,
        AlarmType: 'MetricAlarm',
        Timestamp: this.#host.clock.now(),
        HistoryItemType: type,
        HistorySummary: summary,
        HistoryData: JSON.stringify(data),
      },
    ]);
  }
}

const stateIn = ({ state, reason, reasonData }: Pick<Alarm, 'state' | 'reason' | 'reasonData'>): object => ({
  stateValue: state,
  stateReason: reason,
  ...(reasonData !== undefined && { stateReasonData: JSON.parse(reasonData) }),
});
