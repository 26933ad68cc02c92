/** The name servers of a zone as its parent knows them, against those that answer for it. */
export interface DelegationView {
  zone: string;
  /** The zone's own name servers, without trailing dots. */
  nameServers: string[];
  /** The zone above, and the name servers it names; undefined with a reason when nobody could be asked. */
  seen: { parent: string; nameServers: string[]; hasDs: boolean } | { failure: string };
  /** Whether the zone itself is signed. Looked at only when the parent has a DS record. */
  signed: boolean;
}

export type Delegation =
  | { verdict: 'delegated'; message: string }
  /** The parent names some of the zone's name servers and no other: it works, with less to spare. */
  | { verdict: 'partial'; message: string }
  | { verdict: 'missing' | 'wrong' | 'could-not-check'; message: string }
  /** Signed at the parent, unsigned here: validating resolvers refuse every answer (failures R17). */
  | { verdict: 'broken-chain'; message: string };

type Check = (view: DelegationView) => Delegation | undefined;

/** How a zone is delegated, with what to enter where when it isn't. */
export function judgeDelegation(view: DelegationView): Delegation {
  for (const check of [couldNotCheck, brokenChain, missing, wrong, partial]) {
    const delegation = check(view);
    if (delegation) return delegation;
  }
  return { verdict: 'delegated', message: `"${view.zone}" is delegated to its hosted zone` };
}

const couldNotCheck: Check = ({ zone, seen }) =>
  'failure' in seen
    ? { verdict: 'could-not-check', message: `Cannot check the delegation of "${zone}" now: ${seen.failure}` }
    : undefined;

const brokenChain: Check = ({ zone, seen, signed, nameServers }) => {
  if ('failure' in seen || !seen.hasDs || signed) return undefined;
  if (!seen.nameServers.some((name) => nameServers.includes(name))) return undefined;
  const message = `Cannot serve "${zone}": "${seen.parent}" has a DS record for it, but its hosted zone isn't signed, so validating resolvers refuse every answer. Remove the DS record ${where(seen.parent)}, wait until its TTL is over, then declare the site again`;
  return { verdict: 'broken-chain', message };
};

const missing: Check = ({ zone, seen, nameServers }) => {
  if ('failure' in seen || seen.nameServers.length > 0) return undefined;
  const message = `Waiting until "${zone}" is delegated: "${seen.parent || '.'}" has no NS records for it. Enter these name servers ${where(seen.parent)}: ${nameServers.join(', ')}`;
  return { verdict: 'missing', message };
};

const wrong: Check = ({ zone, seen, nameServers }) => {
  if ('failure' in seen) return undefined;
  const strangers = seen.nameServers.filter((name) => !nameServers.includes(name));
  if (strangers.length === 0) return undefined;
  const first = seen.hasDs
    ? `First remove the DS record ${where(seen.parent)} and wait until its TTL is over. Then replace`
    : 'Replace';
  const message = `Waiting until "${zone}" is delegated to its hosted zone: "${seen.parent}" names ${strangers.join(', ')}, which does not answer for it. ${first} all name servers ${where(seen.parent)} by: ${nameServers.join(', ')}`;
  return { verdict: 'wrong', message };
};

const partial: Check = ({ zone, seen, nameServers }) => {
  if ('failure' in seen) return undefined;
  const absent = nameServers.filter((name) => !seen.nameServers.includes(name));
  if (absent.length === 0) return undefined;
  const message = `"${zone}" is delegated to its hosted zone, but to ${seen.nameServers.length} of its ${nameServers.length} name servers only; add ${where(seen.parent)}: ${absent.join(', ')}`;
  return { verdict: 'partial', message };
};

/** A single label above means a registered domain, whose NS and DS records only its registrar can set. */
function where(parent: string): string {
  return parent.includes('.') ? `where "${parent}" is managed` : 'at your registrar';
}
