import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Environment } from '../../../aws/environment.ts';
import { findPrefixList } from '../../../aws/load-balancers/prefix-lists.ts';
import { readExistingBalancer } from '../../../aws/load-balancers/read-existing-balancer.ts';
import { listRules } from '../../../aws/load-balancers/rules.ts';
import { letsEveryoneIn, letsListIn } from '../../../aws/load-balancers/security-group-rules.ts';
import { readSecurityGroups } from '../../../aws/load-balancers/security-groups.ts';
import type { Clients } from '../../../aws/one-look.ts';
import { HOME } from '../../../domain/certificates/place.ts';
import {
  existingBalancerProblem,
  misplacedBalancer,
  secureListenerOf,
} from '../../../domain/load-balancers/existing-balancer.ts';
import { CLOUDFRONT_ORIGIN_FACING } from '../../../domain/load-balancers/prefix-lists.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { balancerFindings } from '../../../domain/preflight/balancer-findings.ts';
import type { PreflightFinding } from '../../../domain/preflight/finding.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
import { hostAtOrigin } from '../../../domain/sites/cdn.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { readRoom } from '../../../resources/listener-certificate/listener-certificate.ts';

/** What keeps a load balancer that exists from being the origin, and what a plan tells of it; nothing of another origin. */
export async function surveyBalancer(
  site: Site,
  { clients, environment: { region, account } }: { clients: Clients; environment: Environment },
): Promise<{ problem?: FieldError; findings: PreflightFinding[] }> {
  const { loadBalancerArn: arn, pointer } = originOf(site);
  if (arn === undefined) return { findings: [] };
  const misplaced = misplacedBalancer(arn, { region, account });
  if (misplaced !== undefined) return { problem: { pointer, detail: misplaced }, findings: [] };
  const elb = clients(ElasticLoadBalancingV2Client);
  const balancer = await readExistingBalancer(elb, arn);
  const room = balancer ? await readRoom(elb, balancer) : {};
  const certificateArn = HOME.named(site);
  const detail = existingBalancerProblem(balancer, {
    arn,
    tenant: site.tenant,
    certificateArn,
    behindCdn: site.cdn !== undefined,
    ...room,
  });
  if (detail !== undefined || !balancer) return { problem: { pointer, detail: detail ?? '' }, findings: [] };
  const ec2 = clients(EC2Client);
  const listener = secureListenerOf(balancer);
  const [groups, list, rules] = await Promise.all([
    readSecurityGroups(ec2, [...balancer.securityGroups]),
    site.cdn ? findPrefixList(ec2, CLOUDFRONT_ORIGIN_FACING) : undefined,
    listener && listener.forwards.length === 0 ? listRules(elb, listener.arn) : [],
  ]);
  const permissions = groups.flatMap((group) => group.permissions);
  const isLetIn = list !== undefined && letsListIn(permissions, { port: 443, listId: list.id });
  const hosts = [...new Set(servedNames(site).map((name) => hostAtOrigin(site, name)))];
  const seen = { isOpen: letsEveryoneIn(permissions, 443), ...(site.cdn && { cdn: { isLetIn } }), rules, hosts };
  return { findings: balancerFindings(balancer, seen) };
}
