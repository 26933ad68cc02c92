import { isBusy, proofSet } from '../../support/other-account.ts';
import type { Surroundings } from './surroundings.ts';

export const PARTNERS_ZONE = 'partners.test';

/** Somebody who has the zone in an account of theirs, lets us in by a role, and enters the challenge. */
export const ANOTHER_ACCOUNT: Surroundings = {
  declares: ({ ground: { partners } }) => ({ dns: partners.dns }),

  async begin({ ground: { partners }, domain }) {
    return async () => {
      const standing = await partners.records();
      await partners.remove(...standing.filter(({ Name }) => Name === `_nameplate-challenge.${domain}.`));
    };
  },

  async attend({ ground: { partners } }, { records = [] }) {
    try {
      await partners.enter(...records.filter(({ seen }) => seen === 'missing').map(proofSet));
    } catch (error) {
      // They look again in a minute.
      if (!isBusy(error)) throw error;
    }
  },
};
