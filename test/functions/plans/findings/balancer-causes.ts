import type { Listener } from '@aws-sdk/client-elastic-load-balancing-v2';
import { THEIRS } from '../../../support/plannable-account.ts';
import type { Cause, Looked } from './cause.ts';

const secure: Listener = { ListenerArn: `${THEIRS}/443`, Port: 443, Protocol: 'HTTPS' };
const site = { origin: { loadBalancer: THEIRS } };

/** What a load balancer that exists may keep from viewers. */
export const balancerCauses = ({ account }: Looked): Cause[] => [
  {
    check: 'loadBalancerNotOpen',
    severity: 'warning',
    when: 'the security groups of a load balancer that exists let nobody in',
    cause: () => account.theirsIs({ cidr: '10.0.0.0/8' }),
    fix: 'Open port 443 there',
    site,
  },
  {
    check: 'httpNotRedirected',
    severity: 'warning',
    when: 'a load balancer that exists has no listener on port 80',
    cause: () => account.theirsIs({ listeners: [secure] }),
    fix: 'have port 80 redirect to HTTPS',
    site,
  },
];
