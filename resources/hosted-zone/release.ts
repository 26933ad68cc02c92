import { HostedZoneNotEmpty } from '@aws-sdk/client-route-53';
import { changeRecords } from '../../aws/records/change-records.ts';
import { deleteZone } from '../../aws/zones/delete-zone.ts';
import { readZoneTags, untagZone } from '../../aws/zones/zone-tags.ts';
import { Failure } from '../../domain/errors.ts';
import { COPIED_RECORD, madeOf } from '../../domain/ledger/made-of.ts';
import { isOwnedBy, ownerTags } from '../../domain/ownership.ts';
import { deleted } from '../../domain/records/exchange.ts';
import { isSameSet } from '../../domain/records/record-set.ts';
import { isKept } from '../../domain/removal/kept.ts';
import { copiesToRemove, whyZoneStays } from '../../domain/zones/removal.ts';
import { route53For } from '../record/traffic-records.ts';
import type { Applying, Doing } from '../resource.ts';
import { recordOf } from '../scope.ts';
import type { ReleasedZone } from './changes.ts';
import type { DesiredZones, SeenZones } from './hosted-zone.ts';

/**
 * Deletes the hosted zone that was made for the site, when it is empty and no viewer is sent to it any more (failures R15, R16).
 * What was copied into a zone is removed while no viewer is sent there; afterwards it is what the names answer with.
 */
export const removeZones: Applying<DesiredZones, SeenZones> = {
  standing: (_, { released }) =>
    released.flatMap(({ id, ours, zone: detail }) => (ours ? [{ type: 'hosted zone', id, ours, detail }] : [])),

  async unmark({ resource: { id = '' } }, _, doing) {
    const { owner } = doing.scope;
    const route53 = route53For(doing, doing.scope);
    if (!isOwnedBy(owner, await readZoneTags(route53, id))) return;
    await untagZone(route53, { id, keys: Object.keys(ownerTags(owner)) });
  },

  async apply({ resource }, actual, doing) {
    const { scope } = doing;
    const route53 = route53For(doing, scope);
    if (resource.type === 'hosted zone') {
      const zone = actual.released.find(({ id }) => id === resource.id);
      if (!zone) throw new Error(`Cannot delete the hosted zone "${resource.name}": it was not read`);
      await remove(zone, doing);
      const released = actual.released.filter((each) => each !== zone);
      return { actual: { ...actual, released }, message: `Removed the hosted zone "${zone.zone}"` };
    }
    const zone = actual.released.find((each) => copiesToRemove(each).length > 0);
    if (!zone) throw new Error(`Cannot remove "${resource.name}": it was not copied`);
    const copies = copiesToRemove(zone);
    const comment = `Nameplate: remove from ${scope.owner.domain}`;
    await changeRecords(route53, { zoneId: zone.id, changes: copies.map(deleted), comment });
    const rest = { ...zone, sets: zone.sets.filter((set) => !copies.includes(set)) };
    const released = actual.released.map((each) => (each === zone ? rest : each));
    return { actual: { ...actual, released }, message: `Removed what was copied into "${zone.zone}"` };
  },

  outcome({ released }, { scope }) {
    const record = recordOf(scope);
    const isKeptHere = ({ id }: ReleasedZone) => isKept(scope.keeps, { type: 'hosted zone', id });
    const left = released.filter((zone) => zone.ours && !isKeptHere(zone));
    const staying = released
      .filter((zone) => !isKeptHere(zone))
      .filter(({ copied, sets }) => copied.some((one) => sets.some((set) => isSameSet(one, set))));
    const kept = left[0] && whyZoneStays(left[0], scope);
    const before = madeOf(record, 'hosted zone').filter(({ id }) => !left.some((each) => each.id === id));
    return {
      gone: [
        ...before,
        ...madeOf(record, COPIED_RECORD).filter(
          ({ before }) => !(before && 'set' in before && staying.some(({ id }) => id === before.zoneId)),
        ),
      ],
      ...(kept !== undefined && { message: `Left the hosted zone: ${kept}` }),
    };
  },
};

async function remove({ id, zone }: ReleasedZone, doing: Doing): Promise<void> {
  try {
    await deleteZone(route53For(doing, doing.scope), id);
  } catch (error) {
    if (!(error instanceof HostedZoneNotEmpty)) throw error;
    // It is being written to: the next look says what.
    throw new Failure('NotReady', `Waiting until the hosted zone "${zone}" is empty`, { cause: error });
  }
}
