import type { Action, Listener, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { THEIRS } from '../../../support/plannable-account.ts';
import type { Cause, Looked } from './cause.ts';

const secure: Listener = { ListenerArn: `${THEIRS}/443`, Port: 443, Protocol: 'HTTPS' };
const refusal: Action[] = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }];
const forOthers: Rule = {
  IsDefault: false,
  Priority: '1',
  Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['blog.example.test'] } }],
  Actions: [{ Type: 'forward', TargetGroupArn: 'arn:tg' }],
};
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
  {
    check: 'noRuleForName',
    severity: 'warning',
    when: 'a load balancer that exists forwards nothing by default, and for other names only',
    cause: () => account.theirsIs({ rules: [{ IsDefault: true, Actions: refusal }, forOthers] }),
    fix: 'Add a rule (aws elbv2 create-rule',
    site,
  },
];
