import { isDeepStrictEqual } from 'node:util';
import { bareName } from '../load-balancers/dns-name.ts';

/** All records of one name and type, as Route 53 holds them, in one canonical form. */
export interface RecordSet {
  /** Lower case, no trailing dot, "*" as it is and not as "\052". */
  name: string;
  /** "A", "CNAME", "TXT" … */
  type: string;
  /** Absent for an alias. */
  ttlSeconds?: number;
  /** As Route 53 writes them: TXT quoted. Empty for an alias. */
  values: string[];
  alias?: { zoneId: string; name: string; evaluateTargetHealth: boolean };
  /** Set where a routing policy chooses among several sets of this name and type. */
  setIdentifier?: string;
  /** Weight, region, failover, health check and whatever else Route 53 tells of the set, by its own words. */
  routing?: Readonly<Record<string, unknown>>;
}

/** Types whose values are names: letter case and a trailing dot make no difference. */
const NAME_TYPES = new Set(['CNAME', 'NS', 'PTR']);

/**
 * A name as Route 53 tells it, in the form of a RecordSet. Source: Route 53 Developer Guide, "DNS domain name format":
 * answers have a trailing dot, lower case, and octal escapes; checked 2026-11-22 (failures R20).
 */
export function canonicalRecordName(told: string): string {
  const plain = told.replace(/\\([0-7]{3})/g, (escaped, octal: string) => {
    const code = Number.parseInt(octal, 8);
    // A dot or a backslash inside a label stays escaped, and so does what can't be printed.
    return code > 0x20 && code < 0x7f && code !== 0x2e && code !== 0x5c ? String.fromCharCode(code) : escaped;
  });
  return plain.replace(/\.$/, '').toLowerCase();
}

/** Whether two sets answer alike: order of values, and letter case of names, make no difference. */
export function isSameSet(one: RecordSet, other: RecordSet): boolean {
  return (
    one.name === other.name &&
    one.type === other.type &&
    one.setIdentifier === other.setIdentifier &&
    isDeepStrictEqual(one.routing, other.routing) &&
    one.ttlSeconds === other.ttlSeconds &&
    isSameAlias(one.alias, other.alias) &&
    isSameValues(one, other)
  );
}

/** The same, the TTL left aside: what the records say. */
export function saysTheSame(one: RecordSet, other: RecordSet): boolean {
  const { ttlSeconds: _, ...first } = one;
  const { ttlSeconds: __, ...second } = other;
  return isSameSet(first, second);
}

/**
 * The same, but for how a load balancer's name is spelled: an alias may lead to it with "dualstack." before it or without.
 * For whose a set is; what it answers differs, so it is no reason to leave one as it is.
 */
export function isSameButSpelling(one: RecordSet, other: RecordSet): boolean {
  return isSameSet(spelledBare(one), spelledBare(other));
}

function spelledBare({ alias, ...set }: RecordSet): RecordSet {
  return alias ? { ...set, alias: { ...alias, name: bareName(alias.name) } } : set;
}

function isSameValues(one: RecordSet, other: RecordSet): boolean {
  const known = new Set(one.values.map((value) => comparable(one.type, value)));
  return (
    known.size === new Set(other.values).size && other.values.every((value) => known.has(comparable(one.type, value)))
  );
}

function comparable(type: string, value: string): string {
  return NAME_TYPES.has(type) ? canonicalRecordName(value) : value;
}

function isSameAlias(one: RecordSet['alias'], other: RecordSet['alias']): boolean {
  if (!one || !other) return one === other;
  return (
    one.zoneId === other.zoneId &&
    canonicalRecordName(one.name) === canonicalRecordName(other.name) &&
    one.evaluateTargetHealth === other.evaluateTargetHealth
  );
}

/** "shop.example.test A", and with a routing policy 'shop.example.test A "blue"'. */
export function targetOf({ name, type, setIdentifier }: Pick<RecordSet, 'name' | 'type' | 'setIdentifier'>): string {
  return setIdentifier === undefined ? `${name} ${type}` : `${name} ${type} "${setIdentifier}"`;
}

/** One line for people: `shop.example.test A 203.0.113.7`. */
export function inWords(set: RecordSet): string {
  const values = set.values.map((value) => comparable(set.type, value)).join(', ');
  const value = set.alias ? `alias to ${set.alias.name}` : values;
  return `${set.name} ${set.type} ${value}${set.setIdentifier === undefined ? '' : ` (set "${set.setIdentifier}")`}`;
}
