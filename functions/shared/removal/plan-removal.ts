import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { isActive, retainedInWords } from '../../../domain/changes/change.ts';
import { isOn } from '../../../domain/failover/maintenance.ts';
import { madeOf } from '../../../domain/ledger/made-of.ts';
import { stepOf } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { LeavingPlanView } from '../../../domain/plans/leaving-view.ts';
import { operationFindings } from '../../../domain/preflight/operation-findings.ts';
import { releaseWaits } from '../../../domain/preflight/waits.ts';
import { applied } from '../../../domain/records/applied.ts';
import { asKept, isKept } from '../../../domain/removal/kept.ts';
import { leavingFindings } from '../../../domain/removal/leaving-findings.ts';
import { hostedZone, type SeenZones } from '../../../resources/hosted-zone/hosted-zone.ts';
import { approvalOf } from './approved-removal.ts';
import { type Removal, readRemoval } from './read-removal.ts';
import { releasedInZones } from './released-zones.ts';
import type { RemovalOptions } from './removal-survey.ts';

interface Planning extends RemovalOptions {
  ledger: Ledger;
  dns: Resolver;
  now: Date;
}

/** What an undo to nothing would do, by the decisions of its steps and in their order; nothing is made. */
export async function planRemoval(
  record: SiteRecord,
  { ledger, dns, now, ...options }: Planning,
): Promise<LeavingPlanView> {
  const { domain, operation } = record.item;
  const removal = await readRemoval(record, { ledger, now, ...options });
  const zones = await readZones(removal, dns);
  const ofZones = hostedZone.changes([], zones, removal.scope).filter(({ phase }) => phase === 'release');
  const changes = [...removal.changes, ...asKept(ofZones, options.keeps, record)].map(retainedInWords);
  const { insists = [] } = stepOf(record, 'ProbeSite')?.output ?? {};
  const { isFree, approval } = approvalOf(removal.inZones ?? [], removal);
  const about = {
    changes,
    zones: zones.released,
    insists,
    deletesZone: !options.retainsZone,
    keepsPage: isOn(record.item) && isKept(options.keeps, { type: 'record' }),
  };
  return {
    domain,
    // An interface is no record to TypeScript; every state is a plain object.
    changes: changes as LeavingPlanView['changes'],
    findings: [
      ...operationFindings(domain, operation),
      ...leavingFindings({ ...about, addresses: madeOf(record, 'elastic address') }),
    ],
    waits: releaseWaits(changes.filter(isActive)),
    ...(!isFree && { approval }),
  };
}

/** The zones that were made for the site, as they are once its records are removed. */
async function readZones({ look, scope, seen }: Removal, dns: Resolver): Promise<SeenZones> {
  const found = await hostedZone.read({ ...look, dns, phase: 'release' }, scope);
  const removed = releasedInZones({ seen, scope });
  const released = found.released.map((zone) => {
    const changes = removed.filter(({ zone: { id } }) => id === zone.id).flatMap((each) => each.changes);
    return { ...zone, sets: applied({ zone: zone.zone, sets: [...zone.sets] }, changes).sets };
  });
  return { ...found, released };
}
