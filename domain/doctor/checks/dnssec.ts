import { managedAt } from '../../zones/managed-at.ts';
import { finding } from '../finding.ts';
import { type Check, outcome, well } from '../outcome.ts';
import { isSeen } from '../seen.ts';

/** R17: whether the DS records of the parent and the keys of the zone belong together. */
export const dnssec: Check = ({ delegation }) => {
  if (!isSeen(delegation)) return outcome();
  const { zone, parent, dnssec: seen } = delegation;
  if (seen.signed === undefined) return outcome();
  const evidence = seen.ds.map((ds) => `"${parent || '.'}" has DS ${ds}`);
  const where = managedAt(parent);
  if (seen.ds.length > 0 && !seen.signed) {
    const message = `"${zone}" has a DS record above it and no key: validating resolvers refuse every answer`;
    const fix = `Remove the DS record ${where} and wait until its TTL is over, or sign the zone`;
    return outcome({
      findings: [finding('dnssecUnsigned', { message, evidence: [...evidence, `"${zone}" has no DNSKEY`], fix })],
    });
  }
  if (seen.matches === false) {
    const message = `The DS records of "${zone}" match none of its keys: validating resolvers refuse every answer`;
    const fix = `Replace the DS record ${where} by that of the key that signs the zone now`;
    return outcome({ findings: [finding('dnssecKeyMissing', { message, evidence, fix })] });
  }
  if (seen.ds.length === 0 && seen.signed) {
    const message = `"${zone}" is signed, and "${parent || '.'}" has no DS record for it`;
    return outcome({
      findings: [finding('dnssecNoDs', { message, fix: `Enter the DS record ${where}, or leave the zone unsigned` })],
    });
  }
  return outcome({
    passed: [
      well(seen.signed ? `signed, and the DS record belongs to a key of "${zone}"` : 'not signed, and no DS record'),
    ],
  });
};
