import { balancerName, type ExistingBalancer } from '../load-balancers/existing-balancer.ts';
import type { PreflightFinding } from './finding.ts';

/** What a load balancer that exists does for viewers and the site does not change. `isOpen`: its security groups let everyone in. */
export function balancerFindings(
  { arn, listeners }: Pick<ExistingBalancer, 'arn' | 'listeners'>,
  { isOpen }: { isOpen: boolean },
): PreflightFinding[] {
  const label = `the load balancer "${balancerName(arn)}"`;
  const shut: PreflightFinding = {
    severity: 'warning',
    check: 'loadBalancerNotOpen',
    message: `The security groups of ${label} do not let everyone in to port 443 (0.0.0.0/0): viewers whom they reject get no answer, and the probes of the site may be among them. Open port 443 there, unless that is meant`,
  };
  return [...(isOpen ? [] : [shut]), ...httpFindings(listeners, label)];
}

function httpFindings(listeners: ExistingBalancer['listeners'], label: string): PreflightFinding[] {
  const plain = listeners.find(({ port }) => port === 80);
  if (plain?.redirects) return [];
  const what = plain
    ? `The listener on port 80 of ${label} does not send viewers to HTTPS`
    : `Nothing listens on port 80 of ${label}: viewers who type the name without "https://" may get no answer`;
  const message = `${what}. The site does not change that; have port 80 redirect to HTTPS, port 443, with 301`;
  return [{ severity: 'warning', check: 'httpNotRedirected', message }];
}
