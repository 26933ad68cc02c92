import { SSMClient } from '@aws-sdk/client-ssm';
import { classify } from '../../../aws/classify.ts';
import { client } from '../../../aws/clients.ts';
import type { Environment } from '../../../aws/environment.ts';
import { readParameter } from '../../../aws/parameters/read-parameter.ts';
import { ALLOWED, whyStopped } from '../../../domain/kill-switch.ts';
import { Refusal } from '../api/api.ts';

/**
 * How long "allowed" is believed. With the 30 s that a function may go on afterwards (its timeout in infra/stack.ts) all
 * changes have stopped 50 s after the switch was set.
 */
const BELIEVED_MS = 20_000;

/** When each parameter was last seen to say "allowed", by this environment. "stopped" is never remembered. */
const allowedAt = new Map<string, number>();

/** Why a step may not change anything, as seen in the last 20 s; undefined when it may. See `readSwitch()`. */
export function stoppedLately(environment: Environment, now: Date): Promise<string | undefined> | undefined {
  const seenAt = allowedAt.get(environment.mutationParameter) ?? Number.NEGATIVE_INFINITY;
  return now.getTime() - seenAt < BELIEVED_MS ? undefined : readSwitch(environment, now);
}

/**
 * Why nothing may be changed, read now; undefined when it may. A switch that can't be read for good (denied, not there)
 * stops as well.
 *
 * @throws {Failure} "Throttled" when AWS is busy, "Denied": to be asked again, and nothing changed until it has answered
 */
export async function readSwitch(
  { mutationParameter: parameter }: Environment,
  now: Date,
): Promise<string | undefined> {
  try {
    const stopped = whyStopped(parameter, await readParameter(client(SSMClient), parameter));
    if (stopped === undefined) allowedAt.set(parameter, now.getTime());
    return stopped;
  } catch (error) {
    const failure = classify(error);
    if (failure?.name === 'Throttled' || failure?.name === 'Denied') throw failure;
    const why = failure?.message ?? String(error);
    return `All changes are stopped: the parameter "${parameter}" cannot be read (${why})`;
  }
}

/** @throws {Refusal} "changes-stopped" for a request that would begin to change something while the switch stops it */
export async function refuseWhileStopped(environment: Environment, now: Date): Promise<void> {
  const stopped = await readSwitch(environment, now);
  if (stopped) throw new Refusal('changes-stopped', `${stopped}. Set it to "${ALLOWED}", then ask again`);
}
