import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Environment } from '../../../aws/environment.ts';
import { readExistingBalancer } from '../../../aws/load-balancers/read-existing-balancer.ts';
import { letsEveryoneIn } from '../../../aws/load-balancers/security-group-rules.ts';
import { readSecurityGroups } from '../../../aws/load-balancers/security-groups.ts';
import type { Clients } from '../../../aws/one-look.ts';
import { HOME } from '../../../domain/certificates/place.ts';
import { existingBalancerProblem, misplacedBalancer } from '../../../domain/load-balancers/existing-balancer.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { balancerFindings } from '../../../domain/preflight/balancer-findings.ts';
import type { PreflightFinding } from '../../../domain/preflight/finding.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
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
  const detail = existingBalancerProblem(balancer, { arn, tenant: site.tenant, certificateArn, ...room });
  if (detail !== undefined || !balancer) return { problem: { pointer, detail: detail ?? '' }, findings: [] };
  const groups = await readSecurityGroups(clients(EC2Client), [...balancer.securityGroups]);
  const isOpen = groups.some(({ permissions }) => letsEveryoneIn(permissions, 443));
  return { findings: balancerFindings(balancer, { isOpen }) };
}
