import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isCode } from '../../aws/error-code.ts';
import { readLoadBalancer } from '../../aws/load-balancers/describe-load-balancer.ts';
import { listListeners } from '../../aws/load-balancers/listeners.ts';
import { readExistingBalancer } from '../../aws/load-balancers/read-existing-balancer.ts';
import { listRules } from '../../aws/load-balancers/rules.ts';
import { accessRulesIn } from '../../aws/load-balancers/security-group-rules.ts';
import { readSecurityGroups } from '../../aws/load-balancers/security-groups.ts';
import { readTargets } from '../../aws/load-balancers/targets.ts';
import type { Clients } from '../../aws/one-look.ts';
import { describeInstance } from '../../aws/servers/describe-instance.ts';
import { listAddresses } from '../../aws/servers/list-addresses.ts';
import { httpOf, needsResource } from '../../domain/edges/edge.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { listed } from '../../domain/listed.ts';
import { accessRules, ruleChanges, sourceOf } from '../../domain/load-balancers/access-rules.ts';
import {
  type EdgeRemoval,
  LOAD_BALANCER_MISSING,
  listenerRemovals,
  TARGET_GROUP_MISSING,
} from '../../domain/load-balancers/edge-removals.ts';
import { balancerName, secureListenerOf, serves } from '../../domain/load-balancers/existing-balancer.ts';
import { hasMadeLockRule, lockRuleIn } from '../../domain/load-balancers/origin-lock.ts';
import { hasTarget } from '../../domain/load-balancers/target-group.ts';
import { hasInstance, instanceOf } from '../../domain/origins/instance.ts';
import { originOf, targetOf } from '../../domain/origins/origin.ts';
import { isLocked } from '../../domain/sites/cdn.ts';
import type { Site } from '../../domain/sites/site.ts';
import { readInstanceIngress } from '../security-group/instance-ingress.ts';
import { readLists } from '../security-group/read-lists.ts';

interface Edge {
  site: Site;
  record: SiteRecord;
  clients: Clients;
}

/** `moved`: after "MoveListener", whose default certificate the listener has then. */
type Looking = Edge & { moved: boolean };

/** Reads what the steps of this operation have created for the edge, and what of it is missing or changed. */
export async function readEdgeRemovals({ site, record, clients, moved }: Looking): Promise<EdgeRemoval[]> {
  const ec2 = clients(EC2Client);
  const [edge, address, entry] = await Promise.all([
    needsResource(site, 'load balancer') ? loadBalancerRemovals(ec2, { site, record, clients, moved }) : [],
    addressRemovals(ec2, { site, record }),
    needsResource(site, 'listener certificate') ? certificateRemovals({ record, clients }) : [],
  ]);
  return [...edge, ...address, ...entry];
}

/** Of a load balancer that exists only what the site has added to it. */
async function certificateRemovals({ record, clients }: Pick<Edge, 'record' | 'clients'>): Promise<EdgeRemoval[]> {
  const { loadBalancerArn } = outputOf(record, 'AddListenerCertificate');
  const { certificateArn } = outputOf(record, 'RequestCertificate');
  const balancer = await readExistingBalancer(clients(ElasticLoadBalancingV2Client), loadBalancerArn);
  const listener = balancer && secureListenerOf(balancer);
  if (listener && serves(listener, certificateArn)) return [];
  const what = `port 443 of the load balancer "${balancerName(loadBalancerArn)}" does not serve ${certificateArn}`;
  return [{ what, calls: ['RemoveListenerCertificates', 'ModifyListener', 'DeleteListener', 'DeleteLoadBalancer'] }];
}

/** The same of the listeners alone. */
export async function readListenerRemovals({ site, record, clients, moved }: Looking): Promise<EdgeRemoval[]> {
  const { loadBalancerArn } = outputOf(record, 'CreateLoadBalancer');
  const elb = clients(ElasticLoadBalancingV2Client);
  const listeners = await listListeners(elb, loadBalancerArn);
  const secure = listeners.find(({ port }) => port === 443);
  const unlocks = secure !== undefined && !isLocked(site) && !moved && hasMadeLockRule(record, secure.arn);
  const rule = secure && (isLocked(site) || unlocks) ? lockRuleIn(await listRules(elb, secure.arn)) : undefined;
  const locked = secure && isLocked(site) ? (rule ?? { forwards: [] }) : undefined;
  const unlocking = unlocks ? rule : undefined;
  const { targetGroupArn } = outputOf(record, 'CreateTargetGroup');
  const { certificateArn } = outputOf(record, 'RequestCertificate');
  return listenerRemovals(listeners, { http: httpOf(site), certificateArn, targetGroupArn, moved, locked, unlocking });
}

async function loadBalancerRemovals(ec2: EC2Client, edge: Looking): Promise<EdgeRemoval[]> {
  const elb = edge.clients(ElasticLoadBalancingV2Client);
  const { groupId } = outputOf(edge.record, 'OpenSecurityGroups');
  const loadBalancer = await readLoadBalancer(elb, outputOf(edge.record, 'CreateLoadBalancer').loadBalancerArn);
  if (!loadBalancer) return [LOAD_BALANCER_MISSING];
  const removals = await Promise.all([
    readListenerRemovals(edge),
    targetRemovals(elb, edge),
    groupRemovals(ec2, { ...edge, groupId }),
  ]);
  const isIn = loadBalancer.securityGroups.includes(groupId);
  const what = `the load balancer is not in its security group ${groupId}`;
  return [...removals.flat(), ...(isIn ? [] : [{ what, calls: ['SetSecurityGroups'] }])];
}

async function targetRemovals(
  elb: ElasticLoadBalancingV2Client,
  { site, record }: Pick<Edge, 'site' | 'record'>,
): Promise<EdgeRemoval[]> {
  const target = targetOf(site);
  const { label } = originOf(site);
  try {
    const targets = await readTargets(elb, outputOf(record, 'CreateTargetGroup').targetGroupArn);
    if (hasTarget(targets, target)) return [];
    const what = `${label}, port ${target.port}, is not registered in the target group`;
    return [{ what, calls: ['DeregisterTargets'] }];
  } catch (error) {
    if (!isCode(error, 'TargetGroupNotFound')) throw error;
    return [TARGET_GROUP_MISSING];
  }
}

async function groupRemovals(
  ec2: EC2Client,
  { site, groupId }: Pick<Edge, 'site'> & { groupId: string },
): Promise<EdgeRemoval[]> {
  const { port, label } = originOf(site);
  const [[group], instance] = await Promise.all([
    readSecurityGroups(ec2, [groupId]),
    // What lets the load balancer in to a server is not ours.
    hasInstance(site) ? describeInstance(ec2, instanceOf(site).id) : undefined,
  ]);
  const calls = ['RevokeSecurityGroupIngress', 'ModifySecurityGroupRules'];
  const permissions = group?.permissions ?? [];
  const wanted = accessRules(site);
  const lists = await readLists(ec2, wanted, permissions);
  const { add } = ruleChanges(accessRulesIn(permissions, { lists }), wanted);
  const blocks = listed(add.map((rule) => `port ${rule.port} from ${sourceOf(rule)}`));
  const lacks = `the security group ${groupId} of the load balancer lacks rules (${blocks})`;
  // An instance that is terminated is told by its target's state.
  const wayIn = instance && (await readInstanceIngress(ec2, { instance, port, from: groupId }));
  const shut = `no security group of ${label} lets the load balancer (${groupId}) in to port ${port}`;
  return [
    ...(add.length > 0 ? [{ what: lacks, calls }] : []),
    ...(wayIn && !wayIn.open ? [{ what: shut, calls: [...calls, 'ModifyInstanceAttribute'] }] : []),
  ];
}

async function addressRemovals(
  ec2: EC2Client,
  { site, record }: Pick<Edge, 'site' | 'record'>,
): Promise<EdgeRemoval[]> {
  const { address } = outputOf(record, 'ReserveAddress');
  if (address === undefined) return [];
  const { id } = instanceOf(site);
  const { label } = originOf(site);
  const own = await listAddresses(ec2, { filter: 'instance-id', value: id });
  if (own.some((each) => each.address === address)) return [];
  const what = `the Elastic IP ${address} is not associated with ${label}`;
  return [{ what, calls: ['DisassociateAddress', 'AssociateAddress', 'ReleaseAddress'] }];
}
