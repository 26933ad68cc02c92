import { createHash } from 'node:crypto';
import type { FindingCode } from '../doctor/codes.ts';
import type { Severity } from '../preflight/finding.ts';

/** "suspected" until it has been seen twice; people are told of what is open, and of what was. */
export const ALERT_STATES = ['suspected', 'open', 'resolved'] as const;

export type AlertState = (typeof ALERT_STATES)[number];

/** What people are told, and not told yet. */
export type Telling = 'raised' | 'escalated' | 'resolved';

/** A finding that stands at a site, until a look no longer finds it. There is one of a code and a subject at a site. */
export interface Alert {
  /** "0123456789ab-shop.example.com" */
  id: string;
  domain: string;
  tenant?: string;
  /** When the site was declared: one of a site that is gone says nothing of the next one of its name. */
  siteCreatedAt: string;
  state: AlertState;
  code: FindingCode;
  subject: string;
  area: string;
  severity: Severity;
  message: string;
  evidence: string[];
  fix: string;
  stage?: number;
  /** Whether Nameplate puts it back without being asked. */
  isOurs?: true;
  /** When that was begun last. */
  repairedAt?: string;
  /** Instants as ISO 8601 in UTC. When it was seen first. */
  seenAt: string;
  raisedAt?: string;
  escalatedAt?: string;
  resolvedAt?: string;
  /** Who has read it: until it becomes graver. */
  acknowledged?: { at: string; by?: string };
  /** Written before people are told, and taken away after: a worker that dies in between is followed by one that tells. */
  untold?: Telling;
  /** Counts the writes. */
  version: number;
}

const ID = /^([0-9a-f]{12})-([a-z0-9.-]{1,253})$/;

/** Whether a text is what a page of such a list ends with: "2027-01-01T00:00:00.000Z#0123456789ab-shop.example.com". */
export function isTimedId(text: string): boolean {
  const [, id] = /^[\dTZ:.-]{20,30}#(.+)$/.exec(text) ?? [];
  return id !== undefined && ID.test(id);
}

/** The same for the same finding at a site, whenever it is seen. */
export function idOf(domain: string, ...parts: readonly string[]): string {
  return `${createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 12)}-${domain}`;
}

/** What an id says; undefined for what is none. */
export function readId(id: string): { hash: string; domain: string } | undefined {
  const [, hash, domain] = ID.exec(id) ?? [];
  return hash !== undefined && domain !== undefined ? { hash, domain } : undefined;
}
