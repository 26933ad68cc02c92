import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Environment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { oneLook } from '../../../aws/one-look.ts';
import { type Concerns, concern } from '../../../domain/care/concern.ts';
import { recordConcerns } from '../../../domain/care/record-concerns.ts';
import { finding } from '../../../domain/doctor/finding.ts';
import { doneIn } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import { delegation } from '../../../resources/gates/delegation/delegation.ts';
import { judgeZones } from '../../../resources/gates/delegation/judge.ts';
import { recordChanges } from '../maintenance/drill-checks.ts';
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
export async function changedRecordConcerns({ record, ...looking }: Looking, area: string): Promise<Concerns> {
  return { concerns: recordConcerns(record.item.domain, await recordChanges(record, looking), area), unseen: [] };
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
