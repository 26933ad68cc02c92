import type { Entry, EntryType } from '../../../local/dns/other-provider.ts';
import type { Place, Surroundings } from './surroundings.ts';

export const PROVIDERS_ZONE = 'elsewhere.test';

/** A person who keeps the zone with another DNS provider, and enters and removes there what is asked for. */
export const ANOTHER_PROVIDER: Surroundings = {
  declares: () => ({ dns: 'external' }),

  async begin(place) {
    return async () => {
      for (const { name, type } of entered(place)) place.ground.nameplate.aws.otherProvider.remove(name, type);
    };
  },

  async attend(place, { state, records = [], waiting }) {
    const { otherProvider } = place.ground.nameplate.aws;
    if (state === 'undoing') {
      if (waiting.some(({ step }) => step === 'RemoveRecords'))
        for (const { name, type } of entered(place)) if (!name.startsWith('_')) otherProvider.remove(name, type);
      return;
    }
    for (const { name, type, values } of records.filter(({ seen }) => seen !== 'seen'))
      otherProvider.enter({ name, type: type as EntryType, values });
  },
};

function entered({ ground, domain }: Place): Entry[] {
  const { records = [] } = ground.nameplate.aws.otherProvider.zones().find(({ name }) => name === PROVIDERS_ZONE) ?? {};
  return records.filter(({ name }) => name === domain || name.endsWith(`.${domain}`));
}
