import type { AwsNames } from '../../dns/aws-names.ts';
import { CLOUDFRONT_ZONE } from '../cloudfront/names.ts';
import type { RecordName } from './record-name.ts';
import type { StoredSet } from './record-set.ts';
import type { Records } from './records.ts';
import { type Routing, routingOf } from './routing.ts';

/** The zone a set is to stand in, with what already stands there. */
export interface Place {
  zoneId: string;
  zoneName: RecordName;
  records: Records;
  awsNames: AwsNames;
}

type Check = (set: StoredSet, place: Place) => string[];

const CHECKS: Check[] = [
  cnameAtApex,
  misplaced,
  besideCname,
  routingsMixed,
  weightedTtlsDiffer,
  secondOfItsKind,
  primaryWithoutCheck,
  evaluatesCdn,
  aliasWithoutTarget,
];

/** Why a set cannot stand where a change wants to put it, in Route 53's words; nothing when it can. */
export function conflicts(set: StoredSet, place: Place): string[] {
  return CHECKS.flatMap((check) => check(set, place));
}

function cnameAtApex({ name, type }: StoredSet, { zoneName }: Place): string[] {
  if (name !== zoneName || type !== 'CNAME') return [];
  return [`RRSet of type CNAME with DNS name ${name} is not permitted at apex in zone ${zoneName}`];
}

function misplaced({ name, type }: StoredSet, { zoneName }: Place): string[] {
  if (type === 'SOA' && name !== zoneName) {
    return [`RRSet of type SOA with DNS name ${name} is not permitted below the apex in zone ${zoneName}`];
  }
  if (type === 'NS' && name.startsWith('\\052.')) {
    return [`RRSet of type NS with DNS name ${name} is not permitted as a wildcard in zone ${zoneName}`];
  }
  if (type === 'DS' && name === zoneName) {
    return [`RRSet of type DS with DNS name ${name} is not permitted at apex in zone ${zoneName}`];
  }
  return [];
}

function besideCname({ name, type }: StoredSet, { zoneName, records }: Place): string[] {
  const others = records.at(name).filter((other) => other.type !== type);
  if (type === 'CNAME' && name !== zoneName && others.length > 0) {
    return [
      `RRSet of type CNAME with DNS name ${name} is not permitted as it conflicts with other records with the same DNS name in zone ${zoneName}`,
    ];
  }
  if (others.some((other) => other.type === 'CNAME')) {
    return [
      `RRSet of type ${type} with DNS name ${name} is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone ${zoneName}`,
    ];
  }
  return [];
}

/** How the other kinds are named in "a non-… set exists". */
const KIND: Record<Routing, string> = {
  simple: 'simple',
  weighted: 'weighted',
  latency: 'latency',
  failover: 'failover',
  geolocation: 'geolocation',
  multivalue: 'multivalue answer',
  geoproximity: 'geoproximity',
  cidr: 'CIDR',
};

function routingsMixed(set: StoredSet, place: Place): string[] {
  const routing = routingOf(set.listed);
  const others = siblings(set, place);
  if (routing === 'simple') {
    if (others.length === 0) return [];
    return [
      `RRSet with DNS name ${set.name}, type ${set.type} cannot be created as other RRSets exist with the same name and type.`,
    ];
  }
  if (others.every((other) => routingOf(other.listed) === routing)) return [];
  return [`${describe(set)} cannot be created as a non-${KIND[routing]} set exists with the same name and type.`];
}

function weightedTtlsDiffer(set: StoredSet, place: Place): string[] {
  if (routingOf(set.listed) !== 'weighted') return [];
  if (siblings(set, place).every((other) => other.listed.TTL === set.listed.TTL)) return [];
  return [`${describe(set)} cannot be created as weighted sets must contain the same TTL.`];
}

/** A second PRIMARY, a second set of the same latency region. */
function secondOfItsKind(set: StoredSet, place: Place): string[] {
  const { Failover: failover, Region: region } = set.listed;
  const twin = siblings(set, place).find(
    ({ listed }) => (failover && listed.Failover === failover) || (region && listed.Region === region),
  );
  if (!twin) return [];
  const kind = failover ? `failover ${failover}` : `region ${region}`;
  return [`${describe(set)} cannot be created because a set with the same ${kind} exists with the same name and type.`];
}

/** Source: github.com/kubernetes-sigs/external-dns issue 2362, for the words; checked 2026-11-30. */
function primaryWithoutCheck({ listed }: StoredSet): string[] {
  if (listed.Failover !== 'PRIMARY' || listed.HealthCheckId !== undefined) return [];
  // The guide wants failover aliases to evaluate their target; whether one that does nothing of the kind is taken is not known.
  if (listed.AliasTarget) {
    return listed.AliasTarget.EvaluateTargetHealth
      ? []
      : ['An alias primary ResourceRecordSet must evaluate target health or have an associated health check.'];
  }
  return ['A non-alias primary ResourceRecordSet must have an associated health check. No changes made.'];
}

/**
 * A distribution's health cannot be evaluated. That it is refused: Route 53 API Reference, "AliasTarget"; the words are not
 * published. Checked 2026-11-30.
 */
function evaluatesCdn({ listed: { AliasTarget: alias } }: StoredSet): string[] {
  if (alias?.HostedZoneId !== CLOUDFRONT_ZONE || !alias.EvaluateTargetHealth) return [];
  return ['EvaluateTargetHealth cannot be true for an alias that targets a CloudFront distribution.'];
}

function aliasWithoutTarget({ type, listed }: StoredSet, { zoneId, zoneName, records, awsNames }: Place): string[] {
  const alias = listed.AliasTarget;
  if (!alias) return [];
  const target = String(alias.DNSName);
  const tried = `Tried to create an alias that targets ${target}, type ${type} in zone ${alias.HostedZoneId}`;
  const outside = `${tried}, but the alias target name does not lie within the target zone`;
  const missing = `${tried}, but that target was not found`;
  if (alias.HostedZoneId === zoneId) {
    if (target !== zoneName && !target.endsWith(`.${zoneName}`)) return [outside];
    return records.at(target).some((other) => other.type === type) ? [] : [missing];
  }
  const name = awsNames.get(target);
  if (name && name.zoneId !== alias.HostedZoneId) return [outside, missing];
  return name && (type === 'A' || type === 'AAAA') ? [] : [missing];
}

/** The other sets of the same name and type. */
function siblings({ name, type, setIdentifier }: StoredSet, { records }: Place): StoredSet[] {
  return records.at(name).filter((other) => other.type === type && other.setIdentifier !== setIdentifier);
}

function describe({ name, type, setIdentifier }: StoredSet): string {
  return `RRSet with DNS name ${name}, type ${type}, SetIdentifier ${setIdentifier}`;
}
