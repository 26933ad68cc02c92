import type { AlarmMuteRuleStatus, PutAlarmMuteRuleInput } from '@aws-sdk/client-cloudwatch';
import type { Host } from '../../../host.ts';
import type { Alarm } from '../alarms/alarm.ts';
import type { Windows } from './windows.ts';

/** A rule that keeps alarms' actions back while one of its windows is open. */
export interface MuteRule {
  arn: string;
  region: string;
  given: PutAlarmMuteRuleInput & { Name: string };
  windows: Windows;
  oneTime: boolean;
  updatedAt: Date;
  tags: Map<string, string>;
}

/** What mutes an alarm now. */
export interface Mute {
  arn: string;
  start: Date;
  end: Date;
}

/** The mute rules of every Region, by ARN. */
export class MuteRules {
  readonly #host: Host;
  readonly #byArn = new Map<string, MuteRule>();

  constructor(host: Host) {
    this.#host = host;
  }

  arn(name: string, region: string): string {
    return `arn:aws:cloudwatch:${region}:${this.#host.account}:alarm-mute-rule:${name}`;
  }

  in(region: string): MuteRule[] {
    return [...this.#byArn.values()].filter((rule) => rule.region === region);
  }

  find(name: string, region: string): MuteRule | undefined {
    return this.#byArn.get(this.arn(name, region));
  }

  put(rule: MuteRule): void {
    this.#byArn.set(rule.arn, rule);
  }

  delete(rule: MuteRule): void {
    this.#byArn.delete(rule.arn);
  }

  /** The window that keeps an alarm's actions back at an instant. */
  of({ region, settings: { AlarmName } }: Alarm, at: Date): Mute | undefined {
    const rules = this.in(region).filter(({ given }) => given.MuteTargets?.AlarmNames?.includes(AlarmName));
    for (const rule of rules) {
      const window = openWindow(rule, at);
      if (window) return { arn: rule.arn, ...window };
    }
    return undefined;
  }

  status(rule: MuteRule): AlarmMuteRuleStatus {
    const now = this.#host.clock.now();
    const { ExpireDate: expires } = rule.given;
    if (openWindow(rule, now)) return 'ACTIVE';
    if (expires && now >= expires) return 'EXPIRED';
    return rule.oneTime && rule.windows.last(now) ? 'EXPIRED' : 'SCHEDULED';
  }
}

function openWindow({ given, windows }: MuteRule, at: Date): { start: Date; end: Date } | undefined {
  const { StartDate: starts, ExpireDate: expires } = given;
  if ((starts && at < starts) || (expires && at >= expires)) return undefined;
  const window = windows.last(at);
  return window && at < window.end ? window : undefined;
}
