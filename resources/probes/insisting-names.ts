import { type InsistingName, maxAge } from '../../domain/probes/max-age.ts';
import type { Probes } from './probe-edge.ts';

/** Probes that remember under which names browsers are told to insist on HTTPS. */
export function hearingInsistingNames(probes: Probes): { probes: Probes; insists: () => InsistingName[] } {
  const heard = new Map<string, number>();
  return {
    insists: () => [...heard].map(([name, seconds]) => ({ name, seconds })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    probes: {
      ...probes,
      secure: async (target, options) => {
        const seen = await probes.secure(target, options);
        const seconds = maxAge(seen.page.strictTransport ?? '') ?? 0;
        if (seconds > 0) heard.set(target.name, Math.max(seconds, heard.get(target.name) ?? 0));
        return seen;
      },
    },
  };
}
