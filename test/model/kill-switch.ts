import { ALLOWED, STOPPED } from '../../domain/kill-switch.ts';
import type { LoggedCall } from '../../local/wire/calls.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { type Eye, isOurs, WORLDLY } from './onlooker.ts';

/** Within a minute of the switch nothing is changed any more, in ms. Source: README, "Deploying". */
const STOPS_WITHIN_MS = 60_000;

/** Somebody who stops all changes and allows them again, and looks whether they have stopped (S14). */
export class KillSwitch implements Eye {
  readonly #nameplate: Nameplate;
  #stoppedAt: number | undefined;

  constructor(nameplate: Nameplate) {
    this.#nameplate = nameplate;
  }

  get isStopped(): boolean {
    return this.#stoppedAt !== undefined;
  }

  async stop(): Promise<void> {
    await this.#set(STOPPED);
    this.#stoppedAt ??= this.#nameplate.aws.clock.now().getTime();
  }

  async allow(): Promise<void> {
    this.#stoppedAt = undefined;
    await this.#set(ALLOWED);
  }

  hear(call: LoggedCall): string[] {
    if (this.#stoppedAt === undefined || !call.mutating || !isOurs(call) || !WORLDLY.includes(call.service)) return [];
    const after = call.at.getTime() - this.#stoppedAt;
    return after > STOPS_WITHIN_MS ? [`S14: ${call.operation} ${after / 1000} s after all changes were stopped`] : [];
  }

  async #set(Value: string): Promise<void> {
    const { ask, aws } = this.#nameplate;
    await ask('ssm', 'PutParameter', { Name: aws.outputs['KillSwitch'], Value, Overwrite: true });
  }
}
