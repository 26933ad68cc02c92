import { HOW_TO_ADOPT } from '../adoption.ts';
import type { Owner } from '../ownership.ts';
import { howToTakeBack } from '../sites/life/advice.ts';
import { adoptionProblem, toAdopt } from './adopt.ts';
import { isOfPair } from './failover-pair.ts';
import { markerName, readMarker } from './marker.ts';
import { ADDRESS_TYPES, isOurs, markerOf } from './owned.ts';
import { inWords } from './record-set.ts';
import { delegatedAt, setsAt, silencedAbove, wildcardSets, type ZoneView } from './zone-view.ts';

export interface NameToTake {
  name: string;
  /** All names of the site in this zone. */
  names: readonly string[];
  owner: Owner;
  /** Where its CNAME is to lead; absent where it gets addresses or an alias. */
  cname?: string | undefined;
  /** Whether foreign records of the name are to be taken over. */
  adopt?: boolean;
}

type Check = (view: ZoneView, asked: NameToTake) => string | undefined;

/**
 * Why the records of a name can't be made without harm to another owner's, with what to do; undefined when nothing is
 * in the way. Records beside our owner marker are ours.
 */
export function conflictAt(view: ZoneView, asked: NameToTake): string | undefined {
  for (const check of [
    delegatedElsewhere,
    cnameAtApex,
    besideCname,
    markedByAnother,
    notAdoptable,
    foreignRecords,
    routedRecords,
    wouldSilence,
  ]) {
    const problem = check(view, asked);
    if (problem) return problem;
  }
  return undefined;
}

const delegatedElsewhere: Check = (view, { name }) => {
  const delegation = delegatedAt(view, name);
  return (
    delegation &&
    `Cannot make records for "${name}" in the zone "${view.zone}": ${inWords(delegation)} delegates it elsewhere. Declare "${name}" as a site of its own with "dns": "external" to enter its records there, or bring the zone of "${delegation.name}" into the account of "${view.zone}"; where nothing is served from there any more, remove that record. Then declare the site again`
  );
};

/** Source: RFC 1034, section 3.6.2, and RFC 1912, section 2.4: a CNAME has nothing beside it; checked 2026-11-29. */
const cnameAtApex: Check = ({ zone }, { name, cname }) =>
  cname !== undefined && name === zone
    ? `Cannot lead "${name}" to the name "${cname}": it is the apex of its zone, where DNS allows no CNAME. Give the address of the server instead of its name, then declare the site again`
    : undefined;

const besideCname: Check = (view, { name, cname }) => {
  if (cname === undefined) return undefined;
  const beside = [...setsAt(view, name), ...wildcardSets(view, name)].filter(
    ({ type }) => !ADDRESS_TYPES.includes(type),
  );
  if (beside.length === 0) return undefined;
  return `Cannot lead "${name}" to the name "${cname}": DNS allows nothing beside a CNAME, and there is ${beside.map(inWords).join('; ')}. Give the address of the server instead of its name, or remove these records, then declare the site again`;
};

const markedByAnother: Check = (view, asked) => {
  const inPlace = markerOf(view, asked.name) ?? setsAt(view, markerName(asked.name))[0];
  if (!inPlace || isOurs(view, asked)) return undefined;
  const said = readMarker(inPlace);
  if (said) {
    return `Cannot take "${asked.name}": its records belong to the site "${said.domain}" of the stack "${said.stack}". Take it back there first (${howToTakeBack()}); where that stack no longer exists, delete these records and ${inWords(inPlace)}`;
  }
  if (asked.adopt) return undefined;
  return `Cannot take "${asked.name}": the foreign record ${inWords(inPlace)} stands where the owner marker belongs. Remove it, then declare the site again, ${HOW_TO_ADOPT}`;
};

const notAdoptable: Check = (view, asked) => {
  const [problem] = toAdopt(view, asked).flatMap((set) => adoptionProblem(set) ?? []);
  return problem && `Cannot take "${asked.name}": ${problem}, then declare the site again`;
};

const foreignRecords: Check = (view, asked) => {
  const foreign = setsAt(view, asked.name).filter(({ type }) => ADDRESS_TYPES.includes(type));
  if (asked.adopt || foreign.length === 0 || isOurs(view, asked)) return undefined;
  return `Cannot take "${asked.name}": it has records that are not ours: ${foreign.map(inWords).join('; ')}. Remove them, or choose another name, then declare the site again, ${HOW_TO_ADOPT}`;
};

/** Sets among which a routing policy chooses: beside our marker they were made since, of a wildcard they aren't ours to copy. */
const routedRecords: Check = (view, { name, owner, adopt }) => {
  const own = adopt && !isOurs(view, { name, owner }) ? [] : setsAt(view, name);
  const copied = wildcardSets(view, name);
  const routed = [...own, ...copied].filter(
    (set) => ADDRESS_TYPES.includes(set.type) && set.setIdentifier !== undefined && !isOfPair(set),
  );
  if (routed.length === 0) return undefined;
  const fix =
    copied.length > 0
      ? `Give "${name}" simple records of its own and declare "adopt": true with it`
      : 'Replace them by simple records, then declare the site again';
  return `Cannot take "${name}": a routing policy chooses among ${routed.map(inWords).join('; ')}. ${fix}`;
};

const wouldSilence: Check = (view, { name, names }) => {
  const silenced = silencedAbove(view, name).filter((above) => !names.includes(above));
  if (silenced.length === 0) return undefined;
  const list = silenced.map((above) => `"${above}"`).join(', ');
  return `Cannot make records for "${name}": only a wildcard answers for ${list} today, and would stop to once a name below has records. Give ${list} records of its own, then declare the site again`;
};
