import { EC2Client } from '@aws-sdk/client-ec2';
import { assumeRole, RoleRefused } from '../../../aws/accounts/assume-role.ts';
import { readEnvironment } from '../../../aws/environment.ts';
import { type Clients, oneLook } from '../../../aws/one-look.ts';
import { describeNetworkAcls } from '../../../aws/servers/describe-network-acls.ts';
import { describeSubnets } from '../../../aws/servers/describe-subnets.ts';
import { type ListedZone, listZones } from '../../../aws/zones/list-zones.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import { isStandIn } from '../../../domain/changes/stand-in.ts';
import { needsResource } from '../../../domain/edges/edge.ts';
import { Failure } from '../../../domain/errors.ts';
import { outOfReach, type Place as StandsIn } from '../../../domain/load-balancers/stands-in.ts';
import {
  accessProblem,
  defaultSubnets,
  noInternetGateway,
  subnetProblems,
} from '../../../domain/load-balancers/subnet-checks.ts';
import { hasInstance } from '../../../domain/origins/instance.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import type { PreflightFinding } from '../../../domain/preflight/finding.ts';
import { reachFindings } from '../../../domain/preflight/reach-findings.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
import type { Instance, Subnet } from '../../../domain/servers/instance.ts';
import type { TargetPlace } from '../../../domain/servers/target-place.ts';
import { isExternal, roleOf, trustPolicy } from '../../../domain/sites/dns.ts';
import { externalIdOf } from '../../../domain/sites/external-id.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { zoneProblems } from '../../../domain/sites/zone-checks.ts';
import { readInstance } from '../../../resources/instance/read-instance.ts';
import { invalidSite } from '../api/invalid-site.ts';
import { surveyBalancer } from './survey-balancer.ts';
import { surveyCertificate } from './survey-certificate.ts';
import { surveyOpening } from './survey-opening.ts';
import { serverProblem } from './survey-server.ts';
import { surveyTarget } from './survey-target.ts';

/** What was seen of the world while checking it. */
export interface Survey {
  /** With the subnets, and what else was chosen for it. */
  site: Site;
  /** What it was looked at with: whoever looks on asks for nothing twice. */
  clients: Clients;
  zones: { public: ListedZone[]; count: number };
  /** The names whose zones may be read. */
  names: readonly string[];
  /** Of a site whose origin is one. */
  instance?: Instance;
  /** Those that the load balancer's were chosen from; empty without one. */
  subnets: Subnet[];
  /** What is between the load balancer and its target. */
  reach: PreflightFinding[];
}

export interface Surveying {
  /** The names whose zones may be read. */
  names: readonly string[];
  planning?: boolean;
  /** Where the site's load balancer stands already. */
  standsIn?: StandsIn | undefined;
  now: Date;
  /** What is looked at with, where something was looked at before. */
  clients?: Clients;
}

/**
 * Looks at the world before anything is made: the zones for the names, the instance, and room for the load balancer.
 *
 * @throws {Refusal} "invalid-site" with everything that is in the way; what a plan shows as its findings is none while
 *   `planning`
 */
export async function surveyWorld(
  site: Site,
  { names, planning = false, standsIn, now, clients = oneLook() }: Surveying,
): Promise<Survey> {
  const ec2 = clients(EC2Client);
  const environment = readEnvironment();
  const [zones, { instance, problem }, certified, joined] = await Promise.all([
    zonesFor(site, { names, clients }),
    hasInstance(site) ? readInstance(ec2, site) : NO_INSTANCE,
    surveyCertificate(site, { clients, environment, now }),
    surveyBalancer(site, { clients, environment }),
  ]);
  const target = await surveyTarget(ec2, site, instance);
  const { place } = target;
  const placed = place ? await placeEdge(ec2, site, { place, instance, standsIn }) : NOWHERE;
  const unreachable = planning ? [] : placed.reach.filter(({ severity }) => severity === 'error');
  const errors = [
    ...(isExternal(site) || zones.refused || names.length === 0
      ? []
      : zoneProblems(readablePart(site, names), zones.public)),
    ...(zones.refused ? [zones.refused] : []),
    ...(problem ? [problem] : []),
    ...[certified, joined, target, { problem: serverProblem(site) }].flatMap((each) => each.problem ?? []),
    ...placed.errors,
    ...unreachable.map(({ check, message }) => ({
      pointer: check === 'networkAclShutsViewersOut' ? '#/subnets' : originOf(site).pointer,
      detail: message,
    })),
  ];
  if (errors.length > 0) throw invalidSite(site.domain, errors);
  const declared = { ...certified.site, ...(placed.subnets && { subnets: placed.subnets }) };
  return {
    site: declared,
    clients,
    zones,
    names,
    // One that is yet to be created can't be looked at.
    ...(instance && !isStandIn(instance.id) && { instance }),
    subnets: placed.found,
    reach: [...placed.reach, ...joined.findings],
  };
}

/** The zones of the account that keeps the records; none of an account without a say, or before a name in it is proven. */
async function zonesFor(
  site: Site,
  { names, clients }: { names: readonly string[]; clients: Clients },
): Promise<Survey['zones'] & { refused?: FieldError }> {
  if (isExternal(site)) return NO_ZONES;
  const who = readEnvironment();
  const role = roleOf(site);
  try {
    if (!role || names.length > 0) return await listZones(route53Of(site, who, clients));
    await assumeRole({ ...role, externalId: externalIdOf(site, who) }, who);
    return NO_ZONES;
  } catch (error) {
    if (!role || !(error instanceof Failure && error.name === 'Misconfigured')) throw error;
    return { ...NO_ZONES, refused: { pointer: '#/dns/role', detail: whyRefused(error, site) } };
  }
}

/** The one place that shows the external id: to who sets the role up. */
function whyRefused(error: Failure, site: Site): string {
  const role = roleOf(site);
  if (!role || !(error instanceof RoleRefused)) return error.message;
  const who = readEnvironment();
  const policy = trustPolicy({ role: role.role, externalId: externalIdOf(site, who) }, who);
  return `Cannot take the role "${role.role}": it isn't there, or doesn't let this stack in. Give it this trust policy, then repeat the request after up to two minutes, which IAM takes to apply it: ${policy}`;
}

/** The site without the names whose zones may not be read yet. */
function readablePart({ directName, cdn, ...site }: Site, names: readonly string[]): Site {
  return {
    ...site,
    aliases: site.aliases.filter((alias) => names.includes(alias)),
    ...(directName !== undefined && names.includes(directName) && { directName }),
    ...(cdn && names.includes(cdn.originName) && { cdn }),
  };
}

const NO_INSTANCE: Partial<Awaited<ReturnType<typeof readInstance>>> = {};

const NO_ZONES: Survey['zones'] = { public: [], count: 0 };

interface Place {
  subnets: string[] | undefined;
  found: Subnet[];
  reach: PreflightFinding[];
  errors: FieldError[];
}

const NOWHERE: Place = { subnets: undefined, found: [], reach: [], errors: [] };

async function placeEdge(
  ec2: EC2Client,
  site: Site,
  {
    place: target,
    instance,
    standsIn,
  }: { place: TargetPlace; instance: Instance | undefined; standsIn: StandsIn | undefined },
): Promise<Place> {
  const { vpcId, subnetId } = target;
  const { subnets: named, access } = site;
  const isBalanced = needsResource(site, 'load balancer');
  const own = subnetId === undefined ? [] : [subnetId];
  const ids = isBalanced ? named && [...new Set([...named, ...own])] : own;
  const [all, acls] = await Promise.all([
    describeSubnets(ec2, { vpcId, ids }),
    isBalanced ? describeNetworkAcls(ec2, vpcId) : [],
  ]);
  const shut = (instance && noInternetGateway(site, { instance, subnets: all })) ?? [];
  if (!isBalanced) return { ...NOWHERE, errors: [shut].flat() };
  const found = named ? all.filter(({ id }) => named.includes(id)) : all;
  const place = named
    ? {
        subnets: named,
        errors: standsIn ? outOfReach(found, target, standsIn) : subnetProblems(named, found, target),
      }
    : chosen(defaultSubnets(found, target));
  const { subnets } = place;
  const unpublished = accessProblem(access, { chosen: subnets ?? [], known: found }) ?? [];
  const errors = place.errors.length > 0 ? place.errors : [shut, unpublished].flat();
  const standing = found.filter(({ id }) => subnets?.includes(id));
  if (errors.length > 0) return { subnets, found, reach: [], errors };
  const { port } = originOf(site);
  const reach = reachFindings({ target, port, subnets: standing, acls, access });
  const opening = instance ? [] : [await surveyOpening(ec2, site, { target, subnets: standing })];
  return { subnets, found, reach: [...reach, ...opening], errors };
}

const chosen = ({ subnets, problem }: ReturnType<typeof defaultSubnets>) => ({
  subnets,
  errors: problem ? [problem] : [],
});
