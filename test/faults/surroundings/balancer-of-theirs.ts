import type { ListHostedZonesResponse } from '@aws-sdk/client-route-53';
import { aBalancerOfTheirs, type TheirBalancer } from '../../support/theirs-balancer.ts';
import type { Surroundings } from './surroundings.ts';

/** Their load balancers, by the domain that one is for. */
const balancers = new Map<string, TheirBalancer>();

/** A load balancer of another owner, which the document names as its origin. It stays: nothing of the site is left on it. */
export const BALANCER_OF_THEIRS: Surroundings = {
  declares: ({ domain }) => ({ origin: { loadBalancer: balancers.get(domain)?.arn, healthPath: '/' } }),

  async begin({ ground: { nameplate }, domain }) {
    const { HostedZones = [] } = await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
    const zoneId = HostedZones.find(({ Name = '' }) => `${domain}.`.endsWith(`.${Name}`))?.Id ?? '';
    const theirs = { zoneId, names: [`theirs.${domain}`], called: `theirs-${domain.replaceAll('.', '-')}` };
    balancers.set(domain, await aBalancerOfTheirs(nameplate, theirs));
    return async () => {};
  },
};

/** The same, and one of its target groups, to which the document has requests for its names forwarded. */
export const GROUP_OF_THEIRS: Surroundings = {
  ...BALANCER_OF_THEIRS,
  declares({ domain }) {
    const { arn, targetGroupArn } = balancers.get(domain) ?? {};
    return { origin: { loadBalancer: arn, healthPath: '/', hostRule: { targetGroup: targetGroupArn } } };
  },
};
