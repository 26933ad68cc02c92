import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { type Change, isActive, retainedInWords } from '../../../domain/changes/change.ts';
import { isOn } from '../../../domain/failover/maintenance.ts';
import type { Made } from '../../../domain/ledger/made.ts';
import { foundOf } from '../../../domain/ledger/made-of.ts';
import { stepOf } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { isOwnedBy } from '../../../domain/ownership.ts';
import type { LeavingPlanView } from '../../../domain/plans/leaving-view.ts';
import { operationFindings } from '../../../domain/preflight/operation-findings.ts';
import { releaseWaits } from '../../../domain/preflight/waits.ts';
import { applied } from '../../../domain/records/applied.ts';
import { asKept, isKept } from '../../../domain/removal/kept.ts';
import { leavingFindings } from '../../../domain/removal/leaving-findings.ts';
import { delegation } from '../../../resources/delegation/delegation.ts';
import type { ReleasedZone } from '../../../resources/hosted-zone/changes.ts';
import { hostedZone } from '../../../resources/hosted-zone/hosted-zone.ts';
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
  const { zones, ofZones } = await releaseZones(removal, dns);
  const changes = [...removal.changes, ...asKept(ofZones, options.keeps, record)].map(retainedInWords);
  const { insists = [] } = stepOf(record, 'ProbeSite')?.output ?? {};
  const { isFree, approval } = approvalOf(removal.inZones ?? [], removal);
  const about = {
    changes,
    zones,
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
      ...leavingFindings({ ...about, addresses: addressesOf(record, removal) }),
    ],
    waits: releaseWaits(changes.filter(isActive)),
    ...(!isFree && { approval }),
  };
}

/** Those of other sites of the stack are theirs. */
function addressesOf(record: SiteRecord, { seen, scope: { owner } }: Removal): Made[] {
  const { all = [] } = seen['elastic-ip'] ?? {};
  const concerned = all.filter(({ tags }) => isOwnedBy(owner, tags) || tags['nameplate:site'] === undefined);
  return foundOf(record, 'elastic address').filter(({ id }) =>
    concerned.some(({ allocationId }) => allocationId === id),
  );
}

/** What becomes of the zones that were made for the site once its records are removed, and of their delegation, which goes before them. */
async function releaseZones(
  { look, scope, seen }: Removal,
  dns: Resolver,
): Promise<{ zones: readonly ReleasedZone[]; ofZones: Change[] }> {
  const looking = { ...look, dns, phase: 'release' as const };
  const [found, delegations] = await Promise.all([hostedZone.read(looking, scope), delegation.read(looking, scope)]);
  const removed = releasedInZones({ seen, scope });
  const emptied = (zone: ReleasedZone): ReleasedZone => {
    const changes = removed.filter(({ zone: { id } }) => id === zone.id).flatMap((each) => each.changes);
    return { ...zone, sets: applied({ zone: zone.zone, sets: [...zone.sets] }, changes).sets };
  };
  const ofDelegations = delegation
    .changes([], { ...delegations, zones: delegations.zones.map(emptied) }, scope)
    .filter(({ phase }) => phase === 'release');
  const leaves = (name: string) => ofDelegations.some((each) => isActive(each) && each.resource.name === name);
  const zones = found.released
    .map(emptied)
    .map((zone) => (leaves(zone.zone) ? { ...zone, delegatedTo: { ...zone.delegatedTo, nameServers: [] } } : zone));
  const ofZones = hostedZone
    .changes([], { ...found, released: zones }, scope)
    .filter(({ phase }) => phase === 'release');
  return { zones, ofZones: [...ofDelegations, ...ofZones] };
}
