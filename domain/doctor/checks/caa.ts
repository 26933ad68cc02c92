import { listed } from '../../listed.ts';
import { authorityIn, type CaaSet, isCriticalUnknown, restrictingProperties } from '../../zones/authorization.ts';
import { type Finding, finding } from '../finding.ts';
import { type Check, outcome, well } from '../outcome.ts';
import { answered, isSeen, type Seen } from '../seen.ts';
import { caaNamesOf } from './authorities.ts';

/** A5, A6: whether the certificate can be renewed where it was issued. */
export const caa: Check = (seen) => {
  const { caa: looked, names } = seen;
  if (!isSeen(looked)) {
    // Without an answer to anything this is no finding of its own.
    if (names.end !== 'found') return outcome();
    const message = `The name servers give no answer about CAA for "${seen.name}": authorities refuse to issue then`;
    return outcome({ findings: [finding('caaNotAnswered', { message, evidence: [looked.failure] })] });
  }
  const { set } = looked;
  if (!set) return outcome({ passed: [well('no record: every authority may issue')] });
  const found = critical(seen.name, set) ?? forbidden(seen, set);
  if (found) return outcome({ findings: [found] });
  const allowed = restrictingProperties(seen.name, set.properties).map(authorityIn);
  const whom = allowed.length === 0 ? 'every authority' : listed(allowed.map((name) => name || 'none'));
  return outcome({ passed: [well(`"${set.at}" allows ${whom}`)] });
};

function critical(name: string, set: CaaSet): Finding | undefined {
  const unknown = set.properties.find(isCriticalUnknown);
  if (!unknown) return undefined;
  const message = `No authority may issue for "${name}": a critical CAA record has the unknown tag "${unknown.tag}"`;
  return finding('caaCriticalUnknown', { message, evidence: inRecords(set) });
}

function forbidden(seen: Seen, set: CaaSet): Finding | undefined {
  const allowed = restrictingProperties(seen.name, set.properties).map(authorityIn);
  if (allowed.length === 0) return undefined;
  for (const { secure } of seen.endpoints) {
    if (!answered(secure) || secure.chain.trust !== 'trusted') continue;
    const issuer = secure.certificates[0].issuer;
    const names = caaNamesOf(issuer);
    if (!names || names.some((name) => allowed.includes(name))) continue;
    return finding('caaForbidsIssuer', {
      message: `The CAA records of "${set.at}" do not allow who issued the certificate: it cannot be renewed there`,
      evidence: [...inRecords(set), `the certificate was issued by "${issuer}"`],
      fix: `Add the record ${set.target ?? set.at} CAA 0 issue "${names[0]}"`,
    });
  }
  return undefined;
}

const inRecords = ({ at, properties }: CaaSet): string[] =>
  properties.map(({ critical: flag, tag, value }) => `${at} CAA ${flag ? 128 : 0} ${tag} "${value}"`);
