import { EC2Client } from '@aws-sdk/client-ec2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { client } from '../aws/clients.ts';
import { describeInstance } from '../aws/servers/describe-instance.ts';
import { describeSubnets } from '../aws/servers/describe-subnets.ts';
import { type ListedZone, listZones } from '../aws/zones/list-zones.ts';
import { defaultSubnets, subnetProblems } from '../domain/load-balancers/subnet-checks.ts';
import type { FieldError } from '../domain/problems/problem.ts';
import type { Instance, Subnet } from '../domain/servers/instance.ts';
import { instanceProblem } from '../domain/servers/instance-checks.ts';
import type { Site } from '../domain/sites/site.ts';
import { zoneProblems } from '../domain/sites/zone-checks.ts';
import { Refusal } from './api.ts';

/** What was seen of the world while checking it. */
export interface Survey {
  /** With the subnets it gets. */
  site: Site;
  zones: { public: ListedZone[]; count: number };
  instance: Instance;
  /** Those that the load balancer's were chosen from; empty without one. */
  subnets: Subnet[];
}

/**
 * Looks at the world before anything is made: the zones for the names, the instance, and room for the load balancer.
 *
 * @throws {Refusal} "invalid-site" with everything that is in the way
 */
export async function surveyWorld(site: Site): Promise<Survey> {
  const { id } = site.origin.instance;
  const [zones, instance] = await Promise.all([
    listZones(client(Route53Client)),
    describeInstance(client(EC2Client), id),
  ]);
  const wrongInstance = instanceProblem(id, instance);
  const placed = instance && !wrongInstance ? await placeEdge(site, instance) : NOWHERE;
  const errors = [...zoneProblems(site, zones.public), ...(wrongInstance ? [wrongInstance] : []), ...placed.errors];
  if (errors.length > 0 || !instance) throw invalidSite(site.domain, errors);
  const declared = placed.subnets ? { ...site, subnets: placed.subnets } : site;
  return { site: declared, zones, instance, subnets: placed.found };
}

/** The refusal of a site for what is wrong with its fields. */
export function invalidSite(domain: string | undefined, errors: FieldError[]): Refusal {
  const which = domain === undefined ? 'the site' : `"${domain}"`;
  const fields = errors.length === 1 ? '1 field is' : `${errors.length} fields are`;
  return new Refusal('invalid-site', `Cannot onboard ${which}: ${fields} wrong; nothing was made`, { errors });
}

interface Place {
  subnets: string[] | undefined;
  found: Subnet[];
  errors: FieldError[];
}

const NOWHERE: Place = { subnets: undefined, found: [], errors: [] };

async function placeEdge({ edge, subnets: named }: Site, instance: Instance): Promise<Place> {
  if (edge === 'direct') return NOWHERE;
  const found = await describeSubnets(client(EC2Client), { vpcId: instance.vpcId, ids: named });
  if (named) return { subnets: named, found, errors: subnetProblems(named, found, instance) };
  const { subnets, problem } = defaultSubnets(found, instance);
  return { subnets, found, errors: problem ? [problem] : [] };
}
