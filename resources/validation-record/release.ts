import type { Left } from '../../domain/ledger/left.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { ADOPTED_RECORD, madeOf } from '../../domain/ledger/made-of.ts';
import { missingRecords } from '../../domain/ledger/missing-records.ts';
import { applied } from '../../domain/records/applied.ts';
import { inWords, targetOf } from '../../domain/records/record-set.ts';
import { subjectOf } from '../../domain/records/removal.ts';
import { isDeclared } from '../record/changes.ts';
import { route53For } from '../record/traffic-records.ts';
import { recordGone, writeRecords } from '../record/write-records.ts';
import type { Applying, Doing, Scope } from '../resource.ts';
import { recordOf } from '../scope.ts';
import {
  type ActualValidation,
  type DesiredValidation,
  type ReleasedValidation,
  removals,
  validates,
} from './changes.ts';
import { usersElsewhere } from './other-regions.ts';

/**
 * Removes the validation records that we wrote, unless a certificate of any region is still validated by them: without its record
 * that certificate is never renewed (failures, finding 2, A14). What was adopted is restored in the same batch.
 */
export const releaseValidation: Applying<DesiredValidation, ActualValidation> = {
  standing: () => [],

  async apply(_, actual, doing) {
    const { scope, revision } = doing;
    const released = await lookedEverywhere(releasedIn(actual), doing);
    const next = removals(released, scope).find(({ removal }) => removal.changes.length > 0);
    if (!next) return { actual: { ...actual, released }, message: '' };
    const { zone, removal, plan } = next;
    await writeRecords(route53For(doing, scope), {
      zone,
      plan: (view) => plan(view).changes,
      comment: `Nameplate: remove from ${scope.owner.domain} r${revision}`,
      item: recordOf(scope).item,
      stack: scope.owner.stack,
    });
    const sent = { ...zone, view: applied(zone.view, removal.changes), sent: removal };
    const zones = released.zones.map((each) => (each === zone ? sent : each));
    return { actual: { ...actual, released: { ...released, zones } }, message: '' };
  },

  outcome(actual, { scope }) {
    const released = releasedIn(actual);
    const plans = removals(released, scope).map(({ removal }) => removal);
    const gone = plans.flatMap((plan) => plan.gone);
    const left: Left[] = plans.flatMap((plan) =>
      plan.left.map(({ set, why }) => ({ type: 'record', id: targetOf(set), why: `${why}: ${inWords(set)}` })),
    );
    const missing = missingRecords(recordOf(scope), { zones: released.zones, gone });
    return {
      gone: [...gone.map(recordGone), ...missing, ...settledAdoptions(left, scope)],
      output: { left },
      message: gone.length > 0 ? `Removed ${gone.map(targetOf).join(', ')}` : 'No validation record of ours is to go',
    };
  },
};

function releasedIn({ released }: ActualValidation): ReleasedValidation {
  if (!released) throw new Error('Cannot remove validation records: it was not read which may go');
  return released;
}

/** Who needs what is about to be deleted in any other region: asked once, at a call each. */
async function lookedEverywhere(
  released: ReleasedValidation,
  { clients, environment, scope }: Doing,
): Promise<ReleasedValidation> {
  if (released.everywhere) return released;
  const deleted = removals(released, scope).flatMap(({ removal }) => removal.gone.map(({ name }) => name));
  const elsewhere = await usersElsewhere(deleted, { clients, environment });
  return { ...released, needed: new Map([...released.needed, ...elsewhere]), everywhere: true };
}

/** What was adopted is not needed again, except where our record has to stay: then it is remembered for the next undo. */
function settledAdoptions(left: readonly Left[], scope: Scope): Made[] {
  return madeOf(recordOf(scope), ADOPTED_RECORD).filter(({ before }) => {
    if (!before || !('set' in before)) return true;
    const { name } = before.set;
    return !hasSuccessor(name, scope) && !left.some(({ id }) => id === `${name} CNAME`);
  });
}

function hasSuccessor(name: string, { site, known }: Scope): boolean {
  const subject = subjectOf(name);
  return name.startsWith('_') ? validates(name, { site, known }) : isDeclared(subject, site);
}
