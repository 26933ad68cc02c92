import { listed } from '../listed.ts';
import { isRegistry, managedAt } from './managed-at.ts';

/** The name servers of a zone as its parent knows them, against those that answer for it. */
export interface DelegationView {
  zone: string;
  /** The zone's own name servers, without trailing dots. */
  nameServers: string[];
  /** The zone above, and the name servers it names; or why none could be asked, and the zone on the way whose name servers do not answer for it. */
  seen: { parent: string; nameServers: string[]; hasDs: boolean } | { failure: string; deafZone?: string };
  /** Whether the zone itself is signed. Looked at only when the parent has a DS record. */
  signed: boolean;
  /** Those of the servers the parent names that don't answer for the zone; none when left out. */
  lame?: LameServer[];
}

/** A name server that the parent names and that gave no answer with authority. */
export interface LameServer {
  server: string;
  /** Whether it answered at all: one that is silent may only be out of our sight. */
  answered: boolean;
  /** "REFUSED", or why it could not be asked. */
  why: string;
}

export type Delegation =
  | { verdict: 'delegated'; message: string }
  /** The parent names some of the zone's name servers and no other: it works, with less to spare. */
  | { verdict: 'partial'; message: string }
  /** Some of the name servers don't answer for the zone: it works, slower for whoever asks those first. */
  | { verdict: 'partly-lame'; message: string }
  /** The parent names the right name servers, and none of them answers for the zone. */
  | { verdict: 'lame'; message: string }
  | { verdict: 'missing' | 'wrong' | 'could-not-check'; message: string }
  /** A zone further up is delegated to name servers that do not answer for it: nothing below it is reached. */
  | { verdict: 'unreached'; message: string }
  /** Signed at the parent, unsigned here: validating resolvers refuse every answer (failures R17). */
  | { verdict: 'broken-chain'; message: string };

type Check = (view: DelegationView) => Delegation | undefined;

/** How a zone is delegated, with what to enter where when it isn't. */
export function judgeDelegation(view: DelegationView): Delegation {
  for (const check of [couldNotCheck, brokenChain, missing, wrong, noneAnswers, someLame, partial]) {
    const delegation = check(view);
    if (delegation) return delegation;
  }
  return { verdict: 'delegated', message: `"${view.zone}" is delegated to its hosted zone` };
}

/** Whether the world is sent to the zone, so that the site can go on. */
export function isDelegated({ verdict }: Delegation): boolean {
  return verdict === 'delegated' || verdict === 'partial' || verdict === 'partly-lame';
}

const couldNotCheck: Check = ({ zone, seen }) => ('failure' in seen ? unreached(zone, seen) : undefined);

/** Of a zone whose parent could not be asked: whether that is the network, or what leads there. */
export function unreached(zone: string, { failure, deafZone }: { failure: string; deafZone?: string }): Delegation {
  if (deafZone === undefined || isRegistry(deafZone))
    return { verdict: 'could-not-check', message: `Cannot check the delegation of "${zone}" now: ${failure}` };
  const message = `Waiting until resolvers can reach "${zone}": "${deafZone}", above it, is delegated to name servers that do not answer for it (${failure}). Correct the delegation of "${deafZone}" first: until then no name below it is answered`;
  return { verdict: 'unreached', message };
}

const brokenChain: Check = ({ zone, seen, signed, nameServers }) => {
  if ('failure' in seen || !seen.hasDs || signed) return undefined;
  if (!seen.nameServers.some((name) => nameServers.includes(name))) return undefined;
  const message = `Cannot serve "${zone}": "${seen.parent}" has a DS record for it, but its hosted zone isn't signed, so validating resolvers refuse every answer. Remove the DS record ${managedAt(seen.parent)}, wait until its TTL is over, then declare the site again`;
  return { verdict: 'broken-chain', message };
};

const missing: Check = ({ zone, seen, nameServers }) => {
  if ('failure' in seen || seen.nameServers.length > 0) return undefined;
  const message = `Waiting until "${zone}" is delegated: "${seen.parent || '.'}" has no NS records for it. Enter these name servers ${managedAt(seen.parent)}: ${nameServers.join(', ')}`;
  return { verdict: 'missing', message };
};

const wrong: Check = ({ zone, seen, nameServers, lame = [] }) => {
  if ('failure' in seen) return undefined;
  const strangers = seen.nameServers.filter((name) => !nameServers.includes(name));
  if (strangers.length === 0) return undefined;
  const first = seen.hasDs
    ? `First remove the DS record ${managedAt(seen.parent)} and wait until its TTL is over. Then replace`
    : 'Replace';
  const deaf = lame.filter(({ server, answered }) => answered && strangers.includes(server));
  const whose = deaf.length > 0 ? ` (${listed(deaf.map(inWords))})` : '';
  const message = `Waiting until "${zone}" is delegated to its hosted zone: "${seen.parent}" names ${listed(strangers)}, which is no name server of its hosted zone${whose}. ${first} all name servers ${managedAt(seen.parent)} by: ${nameServers.join(', ')}`;
  return { verdict: 'wrong', message };
};

const noneAnswers: Check = ({ zone, seen, lame = [] }) => {
  if ('failure' in seen || lame.length < seen.nameServers.length) return undefined;
  const answered = lame.filter((server) => server.answered);
  const said = lame.map(inWords).join(', ');
  if (answered.length === 0) {
    const message = `Cannot check the delegation of "${zone}" now: none of its name servers could be asked: ${said}`;
    return { verdict: 'could-not-check', message };
  }
  const message = `Waiting until the name servers of "${zone}" answer for it: ${said}. Route 53 serves a new zone within a minute; when it stays like this, compare these name servers with those of the hosted zone, and delegate to the hosted zone's`;
  return { verdict: 'lame', message };
};

const someLame: Check = ({ zone, lame = [] }) => {
  const deaf = lame.filter(({ answered }) => answered);
  if (deaf.length === 0) return undefined;
  const message = `"${zone}" is delegated to its hosted zone, but some of its name servers don't answer for it: ${deaf.map(inWords).join(', ')}. Viewers whose resolver asks those first wait longer; when it stays like this for an hour, ask AWS Support about them`;
  return { verdict: 'partly-lame', message };
};

const partial: Check = ({ zone, seen, nameServers }) => {
  if ('failure' in seen) return undefined;
  const absent = nameServers.filter((name) => !seen.nameServers.includes(name));
  if (absent.length === 0) return undefined;
  const message = `"${zone}" is delegated to its hosted zone, but to ${seen.nameServers.length} of its ${nameServers.length} name servers only; add ${managedAt(seen.parent)}: ${absent.join(', ')}`;
  return { verdict: 'partial', message };
};

/** The same where the site has written the delegation, and nobody is to enter it: name servers publish it within minutes. */
export function judgeWrittenDelegation(view: DelegationView): Delegation {
  const { verdict, message } = judgeDelegation(view);
  if ('failure' in view.seen || (verdict !== 'missing' && verdict !== 'wrong')) return { verdict, message };
  const { zone, seen } = view;
  const written = `Waiting until "${seen.parent || '.'}" delegates "${zone}" to its hosted zone: the site has written that, and name servers answer with it within minutes. When it stays like this for an hour, see whether another tool has changed the NS records, then cancel the operation and declare the site again`;
  return { verdict, message: written };
}

/** Why nothing is to be delegated to a zone that has been deleted while its delegation was awaited. */
export function zoneGone({
  name,
  id,
  nameServers,
}: {
  name: string;
  id: string;
  nameServers: readonly string[];
}): string {
  return `The hosted zone "${name}" (${id}) no longer exists: another tool or person has deleted it (CloudTrail: DeleteHostedZone). Do not delegate to ${nameServers.join(', ')}, and remove them from the parent where they are entered: another account can be given them. Then cancel the operation if it still runs, and declare the site again for a new zone, with other name servers`;
}

/** "ns-1.awsdns-01.com answers REFUSED" */
export function inWords({ server, answered, why }: LameServer): string {
  return answered ? `${server} answers ${why}` : `${server}: ${why}`;
}
