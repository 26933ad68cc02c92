import type { LambdaClient } from '@aws-sdk/client-lambda';
import { Slots } from '../slots.ts';
import { invokeFunction } from './invoke-function.ts';
import { sendEvent } from './send-event.ts';

interface Invoking {
  /** The function's name. */
  name: string;
  /** How many run at once: waited for, or handed over. */
  atOnce: number;
  /** Whether each is waited for; otherwise Lambda queues it, and calls it again where it fails. */
  isAwaited: boolean;
  /** Milliseconds until the last one has to begin. */
  remaining: () => number;
}

/** What became of those that did not succeed: `left` were not begun for want of time. */
export interface Invoked {
  failures: { event: object; error: Error }[];
  left: object[];
}

/** Calls a function once for each event, some at once. One that fails does not keep the others. */
export async function invokeEach(
  lambda: LambdaClient,
  events: Iterable<object>,
  { name, atOnce, isAwaited, remaining }: Invoking,
): Promise<Invoked> {
  const slots = new Slots(atOnce);
  const invoked: Invoked = { failures: [], left: [] };
  const call = isAwaited ? invokeFunction : sendEvent;
  await Promise.all(
    [...events].map((event) =>
      slots.run(async () => {
        if (remaining() <= 0) return void invoked.left.push(event);
        await call(lambda, name, event).catch((error: Error) => invoked.failures.push({ event, error }));
      }),
    ),
  );
  return invoked;
}
