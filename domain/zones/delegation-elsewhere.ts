import { listed } from '../listed.ts';
import { type Delegation, type DelegationView, inWords, unreached } from './delegation.ts';
import { isRegistry, managedAt } from './managed-at.ts';

/** A zone that another provider keeps, as the zone above and the name servers named there tell of it. */
export type ElsewhereView = Pick<DelegationView, 'zone' | 'seen'> & {
  /** Those of the name servers that don't answer for the zone. */
  lame: NonNullable<DelegationView['lame']>;
  /** Whether the zone is signed; undefined when none of its name servers could be asked, or it needn't be. */
  signed: boolean | undefined;
};

type Check = (view: ElsewhereView) => Delegation | undefined;

/** Whether resolvers get answers from a zone that another provider keeps, with what to mend there when they don't. */
export function judgeDelegationElsewhere(view: ElsewhereView): Delegation {
  for (const check of [couldNotCheck, missing, brokenChain, noneAnswers, someLame]) {
    const delegation = check(view);
    if (delegation) return delegation;
  }
  return { verdict: 'delegated', message: `"${view.zone}" is delegated, and its name servers answer for it` };
}

const couldNotCheck: Check = ({ zone, seen }) => ('failure' in seen ? unreached(zone, seen) : undefined);

const missing: Check = ({ zone, seen }) => {
  if ('failure' in seen || seen.nameServers.length > 0) return undefined;
  const first = isRegistry(seen.parent) ? 'Register the name, or enter' : 'Enter';
  const message = `Waiting until "${zone}" is delegated: "${seen.parent || '.'}" has no NS records for it. ${first} the name servers of your DNS provider ${managedAt(seen.parent)}`;
  return { verdict: 'missing', message };
};

/** R17. */
const brokenChain: Check = ({ zone, seen, signed }) => {
  if ('failure' in seen || !seen.hasDs || signed !== false) return undefined;
  const message = `Cannot use "${zone}": "${seen.parent}" has a DS record for it, and its name servers have no DNSKEY, so validating resolvers, those of ACM among them, refuse every answer. Sign the zone at its DNS provider, or remove the DS record ${managedAt(seen.parent)} and wait until its TTL is over; then declare the site again`;
  return { verdict: 'broken-chain', message };
};

const noneAnswers: Check = ({ zone, seen, lame }) => {
  if ('failure' in seen || lame.length < seen.nameServers.length) return undefined;
  const said = listed(lame.map(inWords));
  if (!lame.some(({ answered }) => answered)) {
    const message = `Cannot check the delegation of "${zone}" now: none of its name servers could be asked: ${said}`;
    return { verdict: 'could-not-check', message };
  }
  const message = `Waiting until the name servers of "${zone}" answer for it: ${said}. Create the zone with the DNS provider whose name servers these are, or replace them ${managedAt(seen.parent)} by those of the provider that has it`;
  return { verdict: 'lame', message };
};

const someLame: Check = ({ zone, seen, lame }) => {
  const deaf = lame.filter(({ answered }) => answered);
  if ('failure' in seen || deaf.length === 0) return undefined;
  const message = `"${zone}" is delegated, but some of its name servers don't answer for it: ${listed(deaf.map(inWords))}. ACM and viewers whose resolver asks those may get no answer: have the DNS provider mend them, or remove them ${managedAt(seen.parent)}`;
  return { verdict: 'partly-lame', message };
};
