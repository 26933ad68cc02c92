import { balancerName, type ExistingBalancer, secureListenerOf } from '../load-balancers/existing-balancer.ts';
import { CLOUDFRONT_ORIGIN_FACING } from '../load-balancers/prefix-lists.ts';
import type { PreflightFinding } from './finding.ts';

/** A rule of its HTTPS listener. */
interface SeenRule {
  isDefault: boolean;
  hosts?: readonly string[];
  targetGroupArns: readonly string[];
}

interface Seen {
  /** Whether its security groups let everyone in to port 443. */
  isOpen: boolean;
  /** Behind a CDN: whether they let the prefix list of CloudFront in. */
  cdn?: { isLetIn: boolean };
  /** The rules, where the default action forwards nothing. */
  rules?: readonly SeenRule[];
  /** The names that it is asked for as Host. */
  hosts?: readonly string[];
}

/** What a load balancer that exists does for viewers, or for the CDN, and the site does not change. */
export function balancerFindings(
  { arn, listeners, securityGroups }: Pick<ExistingBalancer, 'arn' | 'listeners' | 'securityGroups'>,
  { isOpen, cdn, rules = [], hosts = [] }: Seen,
): PreflightFinding[] {
  const label = `the load balancer "${balancerName(arn)}"`;
  const ruled = ruleFindings({ listeners }, { label, rules, hosts });
  if (cdn) return [...(isOpen || cdn.isLetIn ? [] : [shutToCdn(label, securityGroups)]), ...ruled];
  const shut: PreflightFinding = {
    severity: 'warning',
    check: 'loadBalancerNotOpen',
    message: `The security groups of ${label} do not let everyone in to port 443 (0.0.0.0/0): viewers whom they reject get no answer, and the probes of the site may be among them. Open port 443 there, unless that is meant`,
  };
  return [...(isOpen ? [] : [shut]), ...ruled, ...httpFindings(listeners, label)];
}

/** Failures C12. Blocks that a person has entered one by one may hold CloudFront's. */
function shutToCdn(label: string, [group = 'sg-…']: readonly string[]): PreflightFinding {
  const message = `The security groups of ${label} let neither everyone nor the prefix list ${CLOUDFRONT_ORIGIN_FACING} in to port 443: CloudFront would answer 504. Let the list in (its id: aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=${CLOUDFRONT_ORIGIN_FACING}; then: aws ec2 authorize-security-group-ingress --group-id ${group} --ip-permissions IpProtocol=tcp,FromPort=443,ToPort=443,PrefixListIds=[{PrefixListId=pl-…}])`;
  return { severity: 'warning', check: 'loadBalancerNotOpen', message };
}

/** Names for which the listener itself would answer. */
function ruleFindings(
  balancer: Pick<ExistingBalancer, 'listeners'>,
  { label, rules, hosts }: { label: string; rules: readonly SeenRule[]; hosts: readonly string[] },
): PreflightFinding[] {
  const listener = secureListenerOf(balancer);
  if (!listener || listener.forwards.length > 0 || rules.length === 0) return [];
  const unserved = hosts.filter((host) => !rules.some((rule) => forwards(rule, host)));
  if (unserved.length === 0) return [];
  const names = unserved.map((host) => `"${host}"`).join(', ');
  const message = `No rule on port 443 of ${label} forwards requests for ${names}, and its default action forwards none: the load balancer answers these itself. Add a rule (aws elbv2 create-rule --listener-arn ${listener.arn} --priority … --conditions Field=host-header,Values=${unserved.join(',')} --actions Type=forward,TargetGroupArn=…)`;
  return [{ severity: 'warning', check: 'noRuleForName', message }];
}

const forwards = ({ isDefault, hosts, targetGroupArns }: SeenRule, host: string): boolean =>
  targetGroupArns.length > 0 && (isDefault || hosts === undefined || hosts.some((pattern) => isMatch(pattern, host)));

/** Source: ELB User Guide, "Condition types for listener rules": "*" and "?", whatever the case; checked 2026-11-30. */
const isMatch = (pattern: string, host: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[^*?\w]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  ).test(host);

function httpFindings(listeners: ExistingBalancer['listeners'], label: string): PreflightFinding[] {
  const plain = listeners.find(({ port }) => port === 80);
  if (plain?.redirects) return [];
  const what = plain
    ? `The listener on port 80 of ${label} does not send viewers to HTTPS`
    : `Nothing listens on port 80 of ${label}: viewers who type the name without "https://" may get no answer`;
  const message = `${what}. The site does not change that; have port 80 redirect to HTTPS, port 443, with 301`;
  return [{ severity: 'warning', check: 'httpNotRedirected', message }];
}
