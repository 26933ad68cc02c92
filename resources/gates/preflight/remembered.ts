import type { Probes } from '../../probes/probe-edge.ts';

/** Memoized probes: later calls with the same input reuse the first answer. */
export function remembered(probes: Probes): Probes {
  const known = new Map<string, Promise<unknown>>();

  function once<Target extends object, Seen>(scheme: string, probe: (target: Target) => Promise<Seen>) {
    return (target: Target): Promise<Seen> => {
      const key = `${scheme} ${JSON.stringify(Object.entries(target).sort())}`;
      const asked = (known.get(key) as Promise<Seen> | undefined) ?? probe(target);
      known.set(key, asked);
      return asked;
    };
  }

  return {
    secure: once('https', (target) => probes.secure(target)),
    plain: once('http', (target) => probes.plain(target)),
  };
}
