import { isSameTyped } from '../load-balancers/dns-name.ts';
import type { AddressType } from '../sites/address-types.ts';

/** Why a record is wanted: to prove whose the name is, for ACM, to lead a CDN to its origin, or viewers to the site. */
export const PURPOSES = ['ownership', 'validation', 'origin', 'traffic'] as const;

/** A record that a person enters where the zone is kept, because we can't. */
export interface Entry {
  name: string;
  /** "CNAME" at the apex of a zone is told as "ALIAS", for a CNAME can't stand there (failures R4). */
  type: 'TXT' | 'CNAME' | 'ALIAS' | AddressType;
  values: string[];
  for: (typeof PURPOSES)[number];
}

/**
 * How an entry stands with the zone's own name servers: all answer with it, none does, something else is there, or they
 * couldn't be asked.
 */
export const SIGHTS = ['seen', 'missing', 'wrong', 'unchecked'] as const;

/** An entry, and what the name servers say. */
export interface SeenEntry extends Entry {
  seen: (typeof SIGHTS)[number];
  /** What stands there instead: "A 203.0.113.9". */
  found?: string[];
  /** What went wrong, and how to mend it. */
  hint?: string;
  /** What it is for, and how long it must stay. */
  note: string;
  /** How long what stands there may be remembered; where nothing does, the TTL to enter it with. */
  ttlSeconds: number;
}

/** Whether an entry has the address of the origin itself. */
export const hasAddress = ({ type }: Pick<Entry, 'type'>): boolean => type === 'A' || type === 'AAAA';

/** Whether an entry leads to a resource of the site, which must not be deleted before it. */
export const leadsToSite = ({ for: purpose }: Pick<Entry, 'for'>): boolean =>
  purpose === 'origin' || purpose === 'traffic';

/** An entry that a person was asked to enter, or that was seen to lead to us, and how long it may be remembered. */
export interface EnteredEntry extends Entry {
  ttlSeconds: number;
}

/** Whether an entry says what one of them says. At the apex a CNAME is told as an ALIAS; a load balancer has two names. */
export function isAmong(entries: readonly Entry[], { name, values }: Entry): boolean {
  return entries.some((each) => each.name === name && isSameTyped(each.values.join(), values.join()));
}

/** What one name server answers for a name. */
export interface Answers {
  server: string;
  /** The CNAME's target as it came: a dot at its end is part of the last label. */
  cname?: string;
  /** The names that the CNAME's target leads to by further CNAMEs. */
  over?: string[];
  addresses: string[];
  /** Each TXT record's text, its parts put together. */
  texts: string[];
  /** The longest time that what was said may be remembered. */
  ttlSeconds: number;
}

/** What the name servers of the zone say about an entry. */
export interface Sighting {
  /** The zone that holds the name. */
  zone: string;
  /** Of each server that could be asked; at least one. */
  answers: Answers[];
  /** How many more name servers the zone has, which were not asked; none when left out. */
  leftOut?: number;
  /** What stands where a form puts the record that appends the zone to a whole name (failures A12). */
  doubled?: Answers;
  /** What a name beside it gets that was never entered: only a wildcard answers there. */
  beside?: Answers;
  /** The name above a "_" label when only a wildcard answers for it: a record below silences it there (failures R31). */
  silenced?: string;
}

/** "_x.shop.example.test CNAME" */
export function entryTarget({ name, type }: Pick<Entry, 'name' | 'type'>): string {
  return `${name} ${type}`;
}

/** `_x.shop.example.test CNAME _y.acm-validations.aws` */
export function entryInWords(entry: Pick<Entry, 'name' | 'type' | 'values'>): string {
  return `${entryTarget(entry)} ${entry.values.join(', ')}`;
}

/** The slip and how to mend it, or what to enter. */
export function whatToDo({ hint, ...entry }: SeenEntry): string {
  return hint ?? `Enter ${entryInWords(entry)}${entry.type === 'ALIAS' ? `. ${entry.note}` : ''}`;
}
