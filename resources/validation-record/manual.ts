import { namedRecords, requestedNames, type ValidatedPlace } from '../../domain/certificates/place.ts';
import { inPhase, type Unphased } from '../../domain/changes/change.ts';
import {
  type EnteredEntry,
  type Entry,
  entryInWords,
  entryTarget,
  isAmong,
  leadsToSite,
} from '../../domain/entries/entry.ts';
import { validationEntries } from '../../domain/entries/wanted.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { enteredIn, entryMade } from '../manual-record/entered.ts';
import { entriesOf, lookAtEntries } from '../manual-record/manual-records.ts';
import type { Applying, Look, Resource, Scope } from '../resource.ts';
import { TYPE } from './changes.ts';
import { usersElsewhere } from './other-regions.ts';
import { usersOf } from './users.ts';

/** What a person has entered for the site and its document does not need. */
export interface UnneededEntries {
  /** Nothing leads to the site any more when these are looked at. */
  traffic: readonly EnteredEntry[];
  missing: readonly Entry[];
  standing: readonly Entry[];
  /** Why certificates of the account need some, by the record's name. */
  needed: ReadonlyMap<string, string>;
}

const NOTHING: UnneededEntries = { traffic: [], missing: [], standing: [], needed: new Map() };

/**
 * The validation records of a site whose zone another provider keeps: a person enters them, and `AwaitCertificate` waits for that. Only
 * a person can remove them, so all that still stand are retained.
 */
export function manualValidation(
  places: readonly ValidatedPlace[],
): Resource<Entry, UnneededEntries, StepOutputs['WriteValidationRecords']> {
  return {
    type: TYPE,
    desired: ({ site, known }) =>
      site && places.some((place) => requestedNames(place, site).length > 0)
        ? validationEntries(namedRecords(known, places))
        : [],
    read: readUnneeded,
    changes: (_, actual) => inPhase('release', retained(actual)),
    handles: () => ({}),
  };
}

async function readUnneeded({ dns, phase, clients, environment }: Look, scope: Scope): Promise<UnneededEntries> {
  const { record } = scope;
  if (phase === 'prepare' || !record) return NOTHING;
  if (!dns) throw new Error('Cannot read manual records: no name server can be asked');
  const wanted = entriesOf(record, environment);
  const unneeded = enteredIn(record).filter((entry) => !isAmong(wanted, entry));
  const looked = await lookAtEntries(
    dns,
    unneeded.filter((entry) => !leadsToSite(entry)),
  );
  const standing = looked.filter(({ seen }) => seen !== 'missing' && seen !== 'unchecked');
  return {
    traffic: unneeded.filter(leadsToSite),
    missing: looked.filter(({ seen }) => seen === 'missing'),
    standing,
    needed: await usersOf(standing, { clients, environment, scope }),
  };
}

function retained({ standing, needed }: UnneededEntries): Unphased[] {
  return standing.map((entry) => {
    const why = needed.get(entry.name);
    return {
      verb: 'retain',
      resource: { type: 'record', name: entryTarget(entry), id: entryTarget(entry) },
      before: { values: entry.values },
      message:
        why !== undefined
          ? `you entered it, and ${why}: leave it`
          : 'you entered it at your DNS provider, and nothing needs it any more: remove it there',
    };
  });
}

/** Tells a person what to enter. */
export const tellValidation = (place: ValidatedPlace): Applying<Entry, UnneededEntries> => ({
  standing: (desired) => desired.map((entry) => entryMade(entry)),
  apply: enteredByAPerson,
  outcome: (_, { scope }) => ({
    message: `The validation records are yours to enter: ${manualValidation([place]).desired(scope).map(entryInWords).join('; ')}`,
  }),
});

/** Tells a person what to remove, and what a certificate of any region still needs. */
export const tellRemoval: Applying<Entry, UnneededEntries> = {
  standing: () => [],
  apply: enteredByAPerson,
  async outcome(actual, { clients, environment }) {
    const { traffic, missing, standing, needed } = actual;
    const rest = standing.map(({ name }) => name).filter((name) => !needed.has(name));
    const elsewhere = await usersElsewhere(rest, { clients, environment });
    const left = retained({ ...actual, needed: new Map([...needed, ...elsewhere]) }).map(
      ({ resource: { name }, message }) => ({ type: 'record', id: name, why: message }),
    );
    return {
      gone: [...traffic, ...missing].map((entry) => entryMade(entry)),
      output: { left },
      message: left.length > 0 ? `Yours to remove: ${left.map(({ id }) => id).join(', ')}` : 'No record is left',
    };
  },
};

async function enteredByAPerson(): Promise<never> {
  throw new Error('Cannot change a record at another DNS provider: a person does');
}
