import type { Probes } from './look.ts';

/** Probes that ask each question once, and give the same answer to whoever asks it again. */
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
