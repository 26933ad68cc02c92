import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Environment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readMaintenance } from '../../../aws/ledger/maintenance.ts';
import { oneLook } from '../../../aws/one-look.ts';
import { type Concerns, concern } from '../../../domain/care/concern.ts';
import type { FindingCode } from '../../../domain/doctor/codes.ts';
import { finding } from '../../../domain/doctor/finding.ts';
import type { DrillCheck } from '../../../domain/failover/drill.ts';
import { doneIn } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import { delegation } from '../../../resources/gates/delegation/delegation.ts';
import { judgeZones } from '../../../resources/gates/delegation/judge.ts';
import { checkHealth, checkRecords } from '../maintenance/drill-checks.ts';
import { missingResources } from './look-at-site.ts';

export interface Looking {
  record: SiteRecord;
  environment: Environment;
  ledger: Ledger;
  dns: Resolver;
  now: Date;
}

/** What of the site's own resources is missing or changed. */
export async function resourceConcerns({ record, dns }: Looking, area: string): Promise<Concerns> {
  const found = await missingResources(dns, record);
  return { concerns: found.map((each) => concern(each, { subject: each.message, area })), unseen: [] };
}

/** Records of the site that others have changed. */
export async function recordConcerns({ record, ...looking }: Looking, area: string): Promise<Concerns> {
  return ofChecks(await checkRecords(record, looking), { record, area, code: 'recordsChanged' });
}

/** The health check that a failover goes by: its checkers ask over the network. */
export async function healthConcerns({ record, ...looking }: Looking, area: string): Promise<Concerns> {
  return ofChecks(await checkHealth(record, looking), { record, area, code: 'healthCheckFails', isCertain: false });
}

/** The hourly look at the maintenance page has told of it already, over the bus alone. */
export async function pageConcerns({ record, ledger }: Looking, area: string): Promise<Concerns> {
  const { page } = record.item.site.failover ? await readMaintenance(ledger, record.item) : {};
  if (page?.isReady !== false) return { concerns: [], unseen: [] };
  const { domain } = record.item;
  const message = `The maintenance page of "${domain}" is not ready`;
  const found = finding('pageNotReady', { message, evidence: page.problems });
  return { concerns: [concern(found, { subject: domain, area })], unseen: [] };
}

/** Whether the names are still delegated to the hosted zones of the site. */
export async function delegationConcerns({ record, environment, dns, now }: Looking, area: string): Promise<Concerns> {
  const { domain, site } = record.item;
  if (isExternal(site)) return { concerns: [], unseen: [] };
  const scope = {
    owner: { domain, stack: environment.stackName },
    site,
    record,
    known: doneIn(record),
    retained: [],
    now,
    again: true,
    waitedMs: 0,
    restored: false,
  };
  const verdict = judgeZones(await delegation.look({ clients: oneLook(), environment, dns }, scope));
  if (verdict.state === 'open') return { concerns: [], unseen: [] };
  const found = finding('delegationChanged', { message: verdict.message });
  return { concerns: [concern(found, { subject: domain, area, isCertain: false })], unseen: [] };
}

function ofChecks(
  checks: readonly DrillCheck[],
  {
    record,
    area,
    code,
    isCertain = true,
  }: { record: SiteRecord; area: string; code: FindingCode; isCertain?: boolean },
): Concerns {
  const subject = record.item.domain;
  const concerns = checks
    .filter(({ ok }) => !ok)
    .map(({ found, fix }) => concern(finding(code, { message: found, fix }), { subject, area, isCertain }));
  return { concerns, unseen: [] };
}
