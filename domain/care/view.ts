import * as z from 'zod/mini';
import { CODES, type FindingCode } from '../doctor/codes.ts';
import { SEVERITIES } from '../preflight/finding.ts';
import type { Alert } from './alert.ts';
import { type CertificateItem, RENEWALS } from './certificate-item.ts';
import { daysLeft, shareLeft } from './expiry-stages.ts';

const instant = z.string().check(z.meta({ format: 'date-time' }));
const next = z.exactOptional(z.string().check(z.describe('Where the next page begins: give it as `next`')));
const tenant = z.exactOptional(z.string());

/** The states of alerts that are listed. */
export const LISTED_STATES = ['open', 'resolved'] as const;

export const alertView = z.object({
  id: z.string().check(z.describe('The same for the same finding at the site, whenever it comes back')),
  domain: z.string(),
  tenant,
  state: z.enum(LISTED_STATES),
  code: z.enum(Object.keys(CODES) as [FindingCode, ...FindingCode[]]).check(z.describe('Explained in docs/doctor.md')),
  severity: z.enum(SEVERITIES),
  subject: z.string().check(z.describe('A name, the ARN of a certificate, or a resource in words')),
  message: z.string().check(z.describe('One sentence')),
  evidence: z.array(z.string()).check(z.describe('What was seen, a fact each')),
  fix: z.string().check(z.describe('The fix')),
  stage: z.exactOptional(z.int().check(z.describe('Of a certificate that expires soon: grows with each stage'))),
  repairedAt: z.exactOptional(instant.check(z.describe('When Nameplate began to put it back, last'))),
  raisedAt: instant,
  escalatedAt: z.exactOptional(instant),
  resolvedAt: z.exactOptional(instant),
  acknowledged: z.exactOptional(
    z
      .object({ at: instant, by: z.exactOptional(z.string()) })
      .check(z.describe('Who has read it, until it becomes graver')),
  ),
});

export type AlertView = z.output<typeof alertView>;

/** `GET /v1/alerts`. */
export const alertList = z.object({ alerts: z.array(alertView).check(z.describe('The newest first')), next });

const certificateView = z.object({
  domain: z.string(),
  tenant,
  arn: z.exactOptional(z.string().check(z.describe('Absent where only the server has it'))),
  region: z.exactOptional(z.string()),
  place: z
    .enum(['edge', 'origin', 'page'])
    .check(z.describe('"edge": viewers see it; "origin": CloudFront sees it; "page": the maintenance page has it')),
  names: z.array(z.string()),
  type: z.string().check(z.describe('"AMAZON_ISSUED", "IMPORTED", "PRIVATE"; "SERVER": only the server has it')),
  validFrom: instant,
  validTo: instant,
  daysLeft: z.int(),
  shareLeft: z.number().check(z.describe('Of the whole lifetime, 0 to 1')),
  renewal: z
    .enum(RENEWALS)
    .check(
      z.describe(
        '"automatic": ACM renews it; "running", "failing": it does so now; "not-eligible": it will not; "by-hand": imported; "by-server": by its ACME client',
      ),
    ),
  servedAt: z.array(z.object({ name: z.string(), address: z.string() })).check(z.describe('As seen from outside')),
  seenAt: instant,
});

/** `GET /v1/certificates`. */
export const certificateList = z.object({
  certificates: z.array(certificateView).check(z.describe('What ends first, first')),
  next,
});

/** An alert that people were told of, as they see it. */
export function shownAlert({
  siteCreatedAt: _,
  area: __,
  isOurs: _ours,
  seenAt: ___,
  untold: ____,
  version: _____,
  ...alert
}: Alert): AlertView {
  return { ...alert, state: alert.state === 'resolved' ? 'resolved' : 'open', raisedAt: alert.raisedAt ?? '' };
}

export function shownCertificate({ id: _, ...item }: CertificateItem, now: Date): z.output<typeof certificateView> {
  const lifetime = { validFrom: new Date(item.validFrom), validTo: new Date(item.validTo) };
  const share = Math.round(shareLeft(lifetime, now) * 1000) / 1000;
  return { ...item, daysLeft: daysLeft(lifetime, now), shareLeft: share };
}
