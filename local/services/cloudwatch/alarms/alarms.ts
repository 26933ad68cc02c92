import type { Host } from '../../../host.ts';
import type { Alarm } from './alarm.ts';

/** The alarms of every Region, by name. */
export class Alarms {
  readonly #host: Host;
  readonly #byArn = new Map<string, Alarm>();

  constructor(host: Host) {
    this.#host = host;
  }

  arn(name: string, region: string): string {
    return `arn:aws:cloudwatch:${region}:${this.#host.account}:alarm:${name}`;
  }

  of(region: string): Alarm[] {
    return [...this.#byArn.values()].filter((alarm) => alarm.region === region);
  }

  find(name: string, region: string): Alarm | undefined {
    return this.#byArn.get(this.arn(name, region));
  }

  add(alarm: Alarm): void {
    this.#byArn.set(alarm.arn, alarm);
  }

  delete(alarm: Alarm): void {
    alarm.timer?.cancel();
    this.#byArn.delete(alarm.arn);
  }
}
