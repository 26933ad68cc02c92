import type { Environment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { isOn } from '../../../domain/failover/maintenance.ts';
import { type Proofs, proofOf } from '../../../domain/failover/proof.ts';
import { doneIn } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { type Finding, isOfCertificate } from '../../../domain/probes/certificate.ts';
import type { Probed } from '../../../resources/gates/probe/judge.ts';
import { probeByName } from '../../../resources/gates/probe/probe.ts';
import { isWell } from '../../../resources/gates/switch-probe/judge.ts';
import type { Scope } from '../../../resources/resource.ts';
import { lookAtAlarm } from './look-at-alarm.ts';
import { lookAtHealthCheck } from './look-at-health-check.ts';
import { lookAtPage, type PageLook } from './look-at-page.ts';

interface Looking {
  environment: Environment;
  ledger: Ledger;
  before: Proofs;
  now: Date;
}

/** What was found, and what viewers get where DNS leads them. */
export interface FailoverSight {
  proofs: Proofs & Required<Pick<Proofs, 'page'>>;
  probed: Probed;
  /** What is wrong with the page. */
  page: Finding[];
  /** Whether viewers see the site itself under its names. */
  isSeen: boolean;
  /** Whether the failover shows viewers the page, since the origin is down. */
  isFailedOver: boolean;
}

/** Looks at everything that the failover of a site needs beforehand: what is never asked is broken when it is needed (failures F6). */
export async function lookAtFailover(
  record: SiteRecord,
  look: PageLook,
  { environment, ledger, before, now }: Looking,
): Promise<FailoverSight> {
  const scope = { ...scopeOf(record, { environment, now }), again: false, waitedMs: 0, restored: false };
  const [page, healthCheck, alarm, probed] = await Promise.all([
    lookAtPage(record, look, now),
    lookAtHealthCheck(record),
    lookAtAlarm(record, { environment, ledger, scope }),
    probeByName(look, { record, scope }),
  ]);
  const isSeen = !isOn(record.item) && isWell(probed);
  const mayBeFailedOver = !isOn(record.item) && !isSeen;
  const isFailedOver = mayBeFailedOver && isWell(await probeByName(look, { record, scope, showsPage: true }));
  const certificate = 'failure' in probed ? undefined : probed.findings.filter(isOfCertificate);
  return {
    probed,
    isSeen,
    isFailedOver,
    page,
    proofs: {
      page: proofOf(inWords(page), { before: before.page, now }),
      ...(healthCheck && { healthCheck: proofOf(healthCheck, { before: before.healthCheck, now }) }),
      ...(alarm && { healthCheckAlarm: proofOf(alarm, { before: before.healthCheckAlarm, now }) }),
      // Nothing was seen of it while DNS gives no answer.
      ...(certificate
        ? { certificate: proofOf(inWords(certificate), { before: before.certificate, now }) }
        : before.certificate && { certificate: before.certificate }),
    },
  };
}

const inWords = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({ message }) => message))];

/** The scope of what looks at a live site. */
export function scopeOf(record: SiteRecord, { environment, now }: Omit<Looking, 'before' | 'ledger'>): Scope {
  const { domain, site } = record.item;
  return { owner: { domain, stack: environment.stackName }, site, record, known: doneIn(record), retained: [], now };
}
