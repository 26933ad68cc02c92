import type { ListHostedZonesResponse } from '@aws-sdk/client-route-53';
import { aBalancerOfTheirs } from '../../support/theirs-balancer.ts';
import type { Surroundings } from './surroundings.ts';

/** Their load balancers, by the domain that one is for. */
const balancers = new Map<string, string>();

/** A load balancer of another owner, which the document names as its origin. It stays: nothing of the site is left on it. */
export const BALANCER_OF_THEIRS: Surroundings = {
  declares: ({ domain }) => ({ origin: { loadBalancer: balancers.get(domain), healthPath: '/' } }),

  async begin({ ground: { nameplate }, domain }) {
    const { HostedZones = [] } = await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
    const zoneId = HostedZones.find(({ Name = '' }) => `${domain}.`.endsWith(`.${Name}`))?.Id ?? '';
    const theirs = { zoneId, names: [`theirs.${domain}`], called: `theirs-${domain.replaceAll('.', '-')}` };
    balancers.set(domain, (await aBalancerOfTheirs(nameplate, theirs)).arn);
    return async () => {};
  },
};
