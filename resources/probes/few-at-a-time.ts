import { Unreachable } from '../../aws/probes/unreachable.ts';
import { Slots } from '../../aws/slots.ts';
import type { Probes } from './probe-edge.ts';

/** Most connections at once. */
const MAX_CONNECTIONS = 16;

/** What a probe may take: connecting, handshake and page, 5 s each, and 3 s for the step to say what it saw. */
const NEEDED_MS = 18_000;

/**
 * Probes of which few run at once. An address whose port was silent is not asked under the next name, and none is begun
 * that might not end in time.
 */
export function fewAtATime(probes: Probes, { remaining }: { remaining: () => number }): Probes {
  const slots = new Slots(MAX_CONNECTIONS);
  const silent = new Map<string, Unreachable>();

  function within<Target extends { address: string; port: number }, Seen, Options>(
    probe: (target: Target, options?: Options) => Promise<Seen>,
  ): (target: Target, options?: Options) => Promise<Seen> {
    return (target, options) =>
      slots.run(async () => {
        const key = `${target.address} ${target.port}`;
        const known = silent.get(key);
        if (known) throw known;
        if (remaining() < NEEDED_MS) {
          throw new Unreachable('NO_TIME', `Cannot look at ${target.address} port ${target.port}: no time was left`);
        }
        try {
          return await probe(target, options);
        } catch (error) {
          if (error instanceof Unreachable && error.failure === 'ETIMEDOUT') silent.set(key, error);
          throw error;
        }
      });
  }

  return { secure: within(probes.secure), plain: within(probes.plain) };
}
