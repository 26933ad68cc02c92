import type { Surroundings } from './surroundings.ts';

/** Whoever keeps the zone above delegates again only when they hear that ACM has given up. */
export const MENDED_LATE: Surroundings = {
  attendsEveryMs: 15 * 60_000,

  async attend({ ground, domain }, { waiting, nameServers }) {
    const isGivenUp = waiting.some((one) => one.for.includes('asked anew at'));
    if (isGivenUp && nameServers) ground.nameplate.aws.registrar.delegate(domain, nameServers);
  },
};
