import type { Resolver } from '../../aws/dns/resolver.ts';
import { inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import {
  type EnteredEntry,
  type Entry,
  entryInWords,
  entryTarget,
  type SeenEntry,
  whatToDo,
} from '../../domain/entries/entry.ts';
import { trafficEntries } from '../../domain/entries/wanted.ts';
import { Failure } from '../../domain/errors.ts';
import { isKept } from '../../domain/removal/kept.ts';
import { ownNames } from '../../domain/sites/own-names.ts';
import { proveOwnership } from '../ownership/prove-ownership.ts';
import { isDeclared } from '../record/changes.ts';
import { forgetCdn } from '../record/forgotten-cdn.ts';
import { originNamesOf } from '../record/origin-records.ts';
import { MOVES_LATER, phaseOf } from '../record/phase.ts';
import { endsForDropped, endsInUse, ownEnds } from '../record/site-ends.ts';
import { checkTargets, targetsOf } from '../record/traffic-records.ts';
import type { Applying, Look, Resource, Scope } from '../resource.ts';
import { recordOf } from '../scope.ts';
import { entryMade } from './entered.ts';
import { entriesLeadingTo } from './leading-records.ts';
import { lookAtEntries } from './manual-records.ts';

export interface SeenEntries {
  /** What the document asks for, as the name servers answer. */
  declared: readonly SeenEntry[];
  /** What still leads names that it does not declare to the site. */
  released: readonly EnteredEntry[];
}

/**
 * The records that lead viewers to a site whose zone another provider keeps: the same changes as in Route 53, read from the name
 * servers, and made by a person.
 */
export const manualTraffic: Resource<Entry, SeenEntries, object> = {
  type: 'record',
  desired: ({ site, known }) => {
    const { loadBalancer, distribution, address } = targetsOf({ known, record: undefined }) ?? {};
    return site ? trafficEntries(site, { loadBalancer: loadBalancer?.dnsName, distribution, address }) : [];
  },
  read: readEntries,
  changes: (_, { declared, released }, scope) => [
    ...declared.flatMap((entry) => inPhase(phaseOf(entry.name, scope), [declaredChange(entry)])),
    ...inPhase(
      'release',
      released.map((entry) => ({
        verb: 'delete',
        resource: ref(entry),
        before: { values: entry.values },
        message: `Remove ${entryInWords(entry)}`,
      })),
    ),
  ],
  handles: () => ({}),
};

function declaredChange(entry: SeenEntry): Unphased {
  const state = { values: entry.values };
  if (entry.seen === 'seen') return kept(ref(entry), state, `Keep ${entryInWords(entry)}`);
  return { verb: 'create', resource: ref(entry), after: state, message: whatToDo(entry) };
}

const ref = (entry: Entry): ResourceRef => ({ type: 'record', name: entryTarget(entry) });

async function readEntries(look: Look, scope: Scope): Promise<SeenEntries> {
  const { phase } = look;
  const due = manualTraffic.desired(scope).filter(({ name }) => phaseOf(name, scope) === phase);
  return {
    declared: due.length > 0 ? await lookAtEntries(resolverOf(look), due) : [],
    released: phase === 'release' ? await readReleased(look, scope) : [],
  };
}

async function readReleased(look: Look, scope: Scope): Promise<EnteredEntry[]> {
  const names = releasedNames(scope);
  if (names.length === 0) return [];
  const ends = await ownEnds(recordOf(scope), scope.owner, look.clients);
  return entriesLeadingTo(resolverOf(look), { names, ...endsForDropped(ends, endsInUse(scope)) });
}

function releasedNames({ record, site, keeps }: Scope): string[] {
  if (isKept(keeps, { type: 'record' })) return [];
  return record ? ownNames(record.item).filter((name) => !isDeclared(name, site)) : [];
}

function resolverOf({ dns }: Look): Resolver {
  if (!dns) throw new Error('Cannot read manual records: no name server can be asked');
  return dns;
}

/** Waits until every name server answers with the records of a phase. */
const awaiting = (step: 'PointOrigin' | 'PointRecords', what: string): Applying<Entry, SeenEntries> => ({
  standing: (_, { declared }) => declared.map((entry) => entryMade(entry, entry.ttlSeconds)),

  async before(doing) {
    checkTargets(step, doing.scope);
    await proveOwnership(doing, { beginning: false });
  },

  async apply(_, { declared }) {
    const open = declared.filter(({ seen }) => seen !== 'seen');
    throw new Failure('Awaited', `Waiting until your DNS leads ${what}: ${open.map(whatToDo).join('. ')}`);
  },

  outcome: ({ declared }) => ({
    output: { changes: [] },
    message: declared.length === 0 ? MOVES_LATER : `The records stand: ${declared.map(entryTarget).join(', ')}`,
  }),
});

/** A person moves the traffic. */
export const awaitTraffic: Applying<Entry, SeenEntries> = awaiting('PointRecords', 'viewers to the site');

/** A person leads the name that the CDN connects to. */
export const awaitOrigin: Applying<Entry, SeenEntries> = awaiting('PointOrigin', 'CloudFront to the origin');

/** The same without the records that a person removes later. */
export const manualTrafficOfViewers: typeof manualTraffic = {
  ...manualTraffic,
  read: async (look, scope) => {
    const seen = await manualTraffic.read(look, scope);
    const later = originNamesOf(scope);
    return { ...seen, released: seen.released.filter(({ name }) => !later.includes(name)) };
  },
};

/**
 * Waits until no name server sends viewers of the names to the site: the next customer with the load balancer's addresses would have
 * the name (failures S1). Only a person can remove these records, so the ledger keeps what they are told to remove.
 */
const awaitingRemoval = (
  namesOf: (scope: Scope) => string[],
  before?: Applying<Entry, SeenEntries>['before'],
): Applying<Entry, SeenEntries> => ({
  standing: () => [],

  ...(before && { before }),

  async apply(_, { released }, { keep }) {
    await keep(...released.map((entry) => entryMade(entry, entry.ttlSeconds)));
    const list = released.map(entryInWords).join('; ');
    throw new Failure(
      'Awaited',
      `Waiting until you have removed what would dangle: at your DNS provider, remove ${list}`,
    );
  },

  outcome(_, { scope }) {
    const names = namesOf(scope);
    const message =
      names.length > 0 ? `No record leads viewers of ${names.join(', ')} to the site any more` : 'No record is to go';
    return { gone: [], output: { changes: [], left: [] }, message };
  },
});

/** All but those of the origin name. */
export const awaitTrafficRemoval = awaitingRemoval((scope) =>
  releasedNames(scope).filter((name) => !originNamesOf(scope).includes(name)),
);

/** Those of the name that the CDN connects to, once nothing asks for it. */
export const awaitOriginRemoval = awaitingRemoval(releasedNames, forgetCdn);
