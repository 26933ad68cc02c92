import type { ListHostedZonesResponse } from '@aws-sdk/client-route-53';
import { aDistributionOfTheirs } from '../../support/their-distribution.ts';
import type { Surroundings } from './surroundings.ts';

/** A distribution of another tool that serves the domain of the site, which adopts. It stays, with the name again. */
export const DISTRIBUTION_OF_THEIRS: Surroundings = {
  declares: () => ({ adopt: true }),

  async begin({ ground: { nameplate }, domain }) {
    const { HostedZones = [] } = await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
    const zoneId = HostedZones.find(({ Name = '' }) => `${domain}.`.endsWith(`.${Name}`))?.Id ?? '';
    const { server } = await aDistributionOfTheirs(nameplate, { zoneId, name: domain, origin: `theirs.${domain}` });
    return async () => server.close();
  },
};
