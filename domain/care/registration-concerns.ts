import { finding } from '../doctor/finding.ts';
import { minute } from '../minute.ts';
import { type Concern, concern } from './concern.ts';

const DAY_MS = 86_400_000;

/** With how many days left people are told; a registration is for years, so parts of it say nothing. */
const STAGES = [60, 30, 15, 7, 3, 1];

/** Of a registrar that renews by itself, only those by which it has failed to. Source: Route 53 Developer Guide, "Renewing registration for a domain" (45 to 36 days before), checked 2026-11-30. */
const LAST_STAGES = [7, 3, 1];

/** A week from the end it is an error. */
const GRAVE_DAYS = 7;

/** When the registration of a domain ends. */
export interface Registration {
  /** "example.com": the name that is registered. */
  domain: string;
  /** ISO 8601 in UTC. */
  expiresAt: string;
  /** Whether the registrar renews it by itself, where that is known. */
  renewsItself?: boolean;
  /** Who says so: "Route 53 Domains", "https://rdap.nic.test/". */
  source: string;
}

/** A registration that ends soon: people are told once for each stage. */
export function registrationConcern(
  registration: Registration,
  { area, now }: { area: string; now: Date },
): Concern | undefined {
  const { domain, expiresAt, renewsItself = false, source } = registration;
  const left = Date.parse(expiresAt) - now.getTime();
  const stage = STAGES.filter((days) => left <= days * DAY_MS && (!renewsItself || LAST_STAGES.includes(days))).length;
  if (stage === 0) return undefined;
  const end = minute(expiresAt);
  const message =
    left > 0 ? `The registration of "${domain}" ends at ${end}` : `The registration of "${domain}" ended at ${end}`;
  const evidence = [`${source}: expiration ${expiresAt}`];
  const fix = renewsItself ? RENEWAL_FAILED : undefined;
  const found = finding('registrationExpiring', { message, evidence, fix });
  const grave = left <= GRAVE_DAYS * DAY_MS ? { ...found, severity: 'error' as const } : found;
  return concern(grave, { subject: domain, area, stage });
}

const RENEWAL_FAILED =
  'Route 53 renews it by itself and has not: look into the billing of the account and the mails about the domain, and renew it in Route 53 Domains by hand';
