import { createHash } from 'node:crypto';
import {
  type Approval,
  type Deletion,
  deletionLine,
  isBeyondLimits,
  MOST_DELETIONS,
  MOST_PERCENT,
  type ZoneDeletions,
} from '../../../domain/records/deletion-limits.ts';
import { type Obstacle, obstacleLine } from '../../../domain/removal/obstacle.ts';
import { type AddressLoss, lossInWords, lossLine } from '../../../domain/servers/address-loss.ts';
import { locationOf, Refusal } from '../api/api.ts';

interface Asked {
  domain: string;
  /** What keeps resources from being removed: they are retained once it is approved. */
  obstacles: readonly Obstacle[];
  /** The public address that the instance loses while records lead to it. */
  loss?: AddressLoss | undefined;
  /** The checksum that came with the request. */
  approve: string | undefined;
}

/** What an operation may do, for the ledger to keep: its steps do nothing else. */
export interface Approved {
  /** The record sets that it may delete. */
  deletes: Deletion[];
  /** The resources that it may retain, by their ids. */
  retains: string[];
  /** The public addresses that instances may lose. */
  loses?: string[];
}

/**
 * What an operation may delete and retain.
 *
 * @throws {Refusal} "needs-approval" with the list when it deletes more than goes unasked, when something can't be removed,
 *   or when the list is not the one that was approved
 */
export function approvedRemoval(inZones: readonly ZoneDeletions[], asked: Asked): Approved {
  const { lines, isFree, approval } = approvalOf(inZones, asked);
  const { checksum } = approval;
  // Where nothing is listed, the checksum approves something else: names that a delegation silences.
  const isAnothers = lines.length === 0;
  if (asked.approve === checksum || (isFree && (asked.approve === undefined || isAnothers))) {
    return removalOf(inZones, asked);
  }
  throw refusal(inZones, { ...asked, lines, approval });
}

/** What is to be approved, in lines and in numbers; `isFree` where it goes unasked. */
export function approvalOf(
  inZones: readonly ZoneDeletions[],
  { obstacles, loss }: Pick<Asked, 'obstacles' | 'loss'>,
): { lines: string[]; isFree: boolean; approval: Approval } {
  const deleted = inZones.flatMap(({ zone, deletions }) => deletions.map((set) => deletionLine(zone, set)));
  const lines = [...deleted, ...obstacles.map(obstacleLine), ...(loss ? [lossLine(loss)] : [])];
  const approval: Approval = {
    checksum: createHash('sha256').update(lines.toSorted().join('\n')).digest('hex'),
    zones: inZones.map(({ zone, deletions, ours }) => ({ zone: zone.name, deletions: deletions.length, ours })),
    limits: { deletions: MOST_DELETIONS, percent: MOST_PERCENT },
    ...(obstacles.length > 0 && { retained: obstacles.map(({ type, id, why }) => ({ type, id, why })) }),
  };
  return { lines, isFree: !loss && obstacles.length === 0 && !inZones.some(isBeyondLimits), approval };
}

/** All of it, as where the whole plan was seen and is carried out as it was. */
export function removalOf(
  inZones: readonly ZoneDeletions[],
  { obstacles, loss }: Pick<Asked, 'obstacles' | 'loss'>,
): Approved {
  return {
    deletes: inZones.flatMap(({ zone, deletions }) => deletions.map((set) => ({ zoneId: zone.id, set }))),
    retains: [...new Set(obstacles.map(({ id }) => id))],
    ...(loss && { loses: [loss.address] }),
  };
}

function refusal(
  inZones: readonly ZoneDeletions[],
  { domain, approve, obstacles, loss, lines, approval }: Asked & { lines: string[]; approval: Approval },
): Refusal {
  const reasons = [
    ...(approve === undefined ? [] : ['the list is not the one that was approved']),
    ...(inZones.length === 0 && (obstacles.length > 0 || loss) ? [] : [deletionsInWords(inZones)]),
    ...(obstacles.length === 0 ? [] : [obstaclesInWords(obstacles)]),
    ...(loss ? [lossInWords(loss)] : []),
  ];
  const detail = `Cannot go on with "${domain}", and nothing was changed: ${reasons.join('; ')}. Look at the list, then approve exactly it by its checksum, "${approval.checksum}"`;
  return new Refusal('needs-approval', detail, {
    headers: { location: locationOf(domain) },
    errors: lines.map((line) => ({ pointer: '#/approve', detail: line })),
    approval,
  });
}

function deletionsInWords(inZones: readonly ZoneDeletions[]): string {
  const counts = inZones.map(({ zone, deletions, ours }) => `${deletions.length} of our ${ours} in "${zone.name}"`);
  const limits = `without approval at most ${MOST_DELETIONS}, and ${MOST_PERCENT} % of ours in a zone, are deleted`;
  return `it deletes ${counts.join(', ') || 'no record set'}, and ${limits}`;
}

function obstaclesInWords({ length }: readonly Obstacle[]): string {
  const [what, them] = length === 1 ? ['1 resource', 'it is'] : [`${length} resources`, 'they are'];
  return `${what} cannot be removed, because others use it or AWS refuses it. Remove what is named, or approve that ${them} retained`;
}
