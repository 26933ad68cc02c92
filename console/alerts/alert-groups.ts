import type { AlertView } from '../../domain/care/view.ts';
import type { Tone } from '../parts/tone.ts';

export type Severity = AlertView['severity'];

/** From the gravest. */
const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

export const SEVERITY_TONES: Record<Severity, Tone> = { error: 'bad', warning: 'warn', info: 'quiet' };

export interface AlertGroup {
  severity: Severity;
  /** "2 errors" */
  title: string;
  alerts: AlertView[];
}

/** Open alerts by severity; in each those first that nobody has acknowledged, the newest first. */
export function groupsOf(alerts: readonly AlertView[]): AlertGroup[] {
  return ORDER.map((severity) => {
    const of = alerts.filter((alert) => alert.severity === severity).sort(byReading);
    return { severity, title: countOf(of.length, severity), alerts: of };
  }).filter(({ alerts: of }) => of.length > 0);
}

/** How many want a person: open, and not acknowledged. */
export function unreadOf(alerts: readonly AlertView[]): number {
  return alerts.filter(({ state, acknowledged }) => state === 'open' && !acknowledged).length;
}

/** What an acknowledged alert tells of it: by whom, without the account and the path of the ARN. */
export function acknowledgedBy({ by }: NonNullable<AlertView['acknowledged']>): string {
  return by === undefined ? '' : ` by ${by.split('/').slice(1).join('/') || by.split(':').at(-1)}`;
}

/** The sites that were looked at last and longest ago, by what was seen of their certificates; undefined where none was. */
export function looksOf<Seen extends { seenAt: string }>(
  seen: readonly Seen[],
): { last: Seen; first: Seen } | undefined {
  const [first, ...later] = [...seen].sort((one, other) => one.seenAt.localeCompare(other.seenAt));
  return first && { first, last: later.at(-1) ?? first };
}

function byReading(one: AlertView, other: AlertView): number {
  const read = Number(Boolean(one.acknowledged)) - Number(Boolean(other.acknowledged));
  return read || sinceOf(other).localeCompare(sinceOf(one));
}

/** Since when it is as grave as it is. */
export const sinceOf = ({ raisedAt, escalatedAt }: AlertView): string => escalatedAt ?? raisedAt;

const countOf = (count: number, severity: Severity): string => {
  if (severity === 'info') return `${count} to know`;
  return `${count} ${severity}${count === 1 ? '' : 's'}`;
};
