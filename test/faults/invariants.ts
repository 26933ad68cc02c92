import type { CertificateSummary } from '@aws-sdk/client-acm';
import type { Listener, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Thing } from '../support/inventory.ts';
import type { SiteLedger } from './ledger-of.ts';
import type { Shows } from './shows.ts';

/** An act that has ended, live, held or undone: what stood before the site and stands after the act. */
export interface Ended {
  domain: string;
  before: readonly Thing[];
  after: readonly Thing[];
  ledger: SiteLedger;
  /** Names with an address record, and what the address answers with. */
  answers: Map<string, Shows>;
}

/** What must hold whatever failed. Each says what is broken, with the number of the invariant in failures. */
const INVARIANTS: readonly ((ended: Ended) => string[])[] = [
  foreignUntouched,
  nothingTwice,
  nothingAnonymous,
  recordsMarked,
  recordsServe,
  ledgerAtRest,
  claimsStand,
  nothingLeft,
];

/** Every invariant that does not hold, in sentences. */
export function broken(ended: Ended): string[] {
  return INVARIANTS.flatMap((invariant) => invariant(ended));
}

/** What the run has made, or made of what stood there. */
export function madeBy({ before, after }: Pick<Ended, 'before' | 'after'>): Thing[] {
  const stood = new Map(before.map((thing) => [keyOf(thing), JSON.stringify(thing)]));
  return after.filter((thing) => stood.get(keyOf(thing)) !== JSON.stringify(thing));
}

/** 1: foreign things are as they were, byte for byte, unless they were adopted and remembered. */
function foreignUntouched({ before, after, ledger }: Ended): string[] {
  const now = new Map(after.map((thing) => [keyOf(thing), JSON.stringify(thing)]));
  const adopted = adoptedIn(ledger);
  return before
    .filter((thing) => now.get(keyOf(thing)) !== JSON.stringify(thing) && !adopted.has(thing.id))
    .map(
      (thing) =>
        `1: the foreign ${keyOf(thing)} was ${now.has(keyOf(thing)) ? `changed to ${now.get(keyOf(thing))}` : 'deleted'}`,
    );
}

/** What the ledger remembers the former state of; of a site that was undone nothing is taken any more. */
function adoptedIn({ site, steps }: SiteLedger): Set<string> {
  if (site?.state === 'undone') return new Set();
  const adopted = steps.flatMap(({ made }) => made.filter(({ before }) => before !== undefined));
  return new Set(
    adopted.map(({ id, before }) =>
      before && 'zoneId' in before ? `${before.zoneId} ${before.set.name}. ${before.set.type}` : id,
    ),
  );
}

/** What there may be one of each for, while a change goes on. */
const MADE_FOR: Record<string, (state: never) => string> = {
  certificate: ({ SubjectAlternativeNameSummaries = [] }: CertificateSummary) =>
    ` for ${[...SubjectAlternativeNameSummaries].sort().join(', ')}`,
  listener: ({ Port }: Listener) => ` on port ${Port}`,
  'target group': ({ HealthCheckPath }: TargetGroup) => ` looked after at ${HealthCheckPath}`,
};

/** 8, 12: one of a kind for a site; of some kinds one for each that it is made for. */
function nothingTwice(ended: Ended): string[] {
  const counts = new Map<string, number>();
  // In CloudFront's region ACM lists its certificate beside that of the load balancer, for the same names.
  const made = new Map(ended.ledger.steps.flatMap((step) => step.made.map((one) => [one.id, one.type] as const)));
  for (const { type, id, state } of madeBy(ended)) {
    if (!ONE_OF_A_KIND.has(type)) continue;
    const kind = `${made.get(id) ?? type}${MADE_FOR[type]?.(state as never) ?? ''}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 1).map(([kind, count]) => `8: made ${count} of "${kind}"`);
}

const ONE_OF_A_KIND = new Set([
  'hosted zone',
  'certificate',
  'load balancer',
  'listener',
  'target group',
  'security group',
  'elastic address',
  'distribution',
  'health check',
  'alarm',
]);

/** 10: what was made bears the owner's tag, or the ledger knows it. */
function nothingAnonymous(ended: Ended): string[] {
  const known = JSON.stringify(ended.ledger.steps.map(({ made }) => made));
  return madeBy(ended)
    .filter(
      ({ type, tags, id }) => CAN_BE_TAGGED.has(type) && tags['nameplate:site'] !== ended.domain && !known.includes(id),
    )
    .map((thing) => `10: nobody knows whose the ${keyOf(thing)} is`);
}

const CAN_BE_TAGGED = ONE_OF_A_KIND;

/** 9: where records of ours stand, one marker of ours stands below. */
function recordsMarked(ended: Ended): string[] {
  const records = recordsIn(madeBy(ended)).filter(({ Name }) => isOf(ended.domain, Name));
  const named = new Set(
    records.filter(({ Type, Name }) => (Type === 'A' || Type === 'AAAA') && Name !== undefined).map(({ Name }) => Name),
  );
  return [...named].flatMap((name) => {
    const markers = records.filter(({ Name, Type }) => Name === `_nameplate.${name}` && Type === 'TXT');
    const values = markers.flatMap(({ ResourceRecords = [] }) => ResourceRecords);
    const ours = values.filter(({ Value }) => Value?.includes(`site=${ended.domain},`));
    return values.length === 1 && ours.length === 1
      ? []
      : [`9: the records of ${name} have ${values.length} markers, ${ours.length} of them ours`];
  });
}

/** 5, 6: an address record leads to something that serves. */
function recordsServe({ answers }: Ended): string[] {
  return [...answers]
    .filter(([, shows]) => shows === 'neither')
    .map(([name]) => `6: ${name} leads to what does not serve it`);
}

/** 11, 16: no operation is left behind, and nothing pretends to run. */
function ledgerAtRest({ ledger: { site, steps } }: Ended): string[] {
  if (!site) return ['11: the ledger has no such site'];
  const { state, operation } = site;
  const busy = steps.filter((step) => step.state === 'running' || step.state === 'waiting').map(({ name }) => name);
  return [
    ...(operation ? [`11: the operation "${operation.execution}" is left`] : []),
    ...(AT_REST.includes(state) ? [] : [`11: the site is "${state}"`]),
    ...(busy.length > 0 ? [`16: ${busy.join(', ')} pretend to run`] : []),
  ];
}

const AT_REST: readonly string[] = ['live', 'held', 'undone'];

/** 19: every name of the site is claimed for it; nobody's when it is undone. */
function claimsStand({ domain, ledger: { site, claims } }: Ended): string[] {
  if (site?.state === 'undone')
    return claims.filter((claim) => claim.domain === domain).map(({ name }) => `19: "${name}" is still claimed`);
  const { aliases = [], directName } = site?.site ?? {};
  const wanted = [domain, ...aliases, ...(directName ? [directName] : [])];
  return wanted
    .filter((name) => !claims.some((claim) => claim.name === name))
    .map((name) => `19: "${name}" is not claimed for its site`);
}

/** Of a site that was undone nothing stands but what it says is left, and why. */
function nothingLeft(ended: Ended): string[] {
  const { site } = ended.ledger;
  if (site?.state !== 'undone') return [];
  const left = site.left?.map(({ id }) => id) ?? [];
  return madeBy(ended)
    .filter(({ id }) => !left.some((one) => id.replace('. ', ' ').includes(one)))
    .map((thing) => `left: the ${keyOf(thing)} stands after the undo, and nobody says why`);
}

export function recordsIn(things: readonly Thing[]): ResourceRecordSet[] {
  return things.filter(({ type }) => type === 'record').map(({ state }) => state as ResourceRecordSet);
}

function isOf(domain: string, name = ''): boolean {
  return name === `${domain}.` || name.endsWith(`.${domain}.`);
}

function keyOf({ type, id }: Thing): string {
  return `${type} ${id}`;
}
