import * as z from 'zod/mini';
import { SEVERITIES } from '../preflight/finding.ts';
import { CODES, type FindingCode } from './codes.ts';
import { CHECK_NAMES, VERDICTS } from './report.ts';

/** `POST /v1/checks`: what is to be checked. */
export const check = z.strictObject({
  domain: z.string().check(z.describe('The domain of a site, A-labels or U-labels, any case')),
  webSocketPath: z.exactOptional(
    z
      .string()
      .check(z.regex(/^\/[!-~]{0,200}$/), z.describe('A path that takes WebSocket upgrades, such as "/socket"')),
  ),
});

const finding = z.object({
  code: z.enum(Object.keys(CODES) as [FindingCode, ...FindingCode[]]).check(z.describe('Explained in docs/doctor.md')),
  severity: z.enum(SEVERITIES),
  message: z.string().check(z.describe('One sentence')),
  evidence: z.array(z.string()).check(z.describe('What was seen, a fact each')),
  fix: z.string().check(z.describe('The fix')),
  at: z.array(z.string()).check(z.describe('The addresses that it was found at; none when it is about the name')),
});

const verdict = z
  .enum(VERDICTS)
  .check(z.describe('"findings" with an error or a warning, "notChecked" when nothing could be seen that says either'));

const instant = z.string().check(z.meta({ format: 'date-time' }));

const report = z.object({
  name: z.string(),
  checkedAt: instant,
  verdict,
  findings: z.array(finding).check(z.describe('The gravest first')),
  passed: z.array(z.object({ check: z.enum(CHECK_NAMES), message: z.string(), at: z.array(z.string()) })),
  unseen: z
    .array(z.object({ what: z.string(), why: z.string() }))
    .check(z.describe('What could not be looked at, which says nothing about the name')),
});

/** Its answer. */
export const siteCheckView = z.object({
  domain: z.string(),
  checkedAt: instant,
  verdict,
  names: z.array(report).check(z.describe('Each served name, as seen from outside')),
  origin: z.exactOptional(
    z
      .object({
        name: z.string().check(z.describe('The name that CloudFront connects to')),
        at: z.array(z.string()).check(z.describe('The addresses that speak TLS as CloudFront does')),
        findings: z.array(finding),
        unseen: z
          .array(z.object({ what: z.string(), why: z.string() }))
          .check(z.describe('What could not be seen from here, which says nothing about the origin')),
      })
      .check(z.describe('What CloudFront meets behind it; absent of a site without CloudFront')),
  ),
  resources: z
    .array(finding)
    .check(z.describe("What of the site's own resources is missing or changed; read of a live site")),
});

export type SiteCheckView = z.output<typeof siteCheckView>;
