import { type SeenEntry, whatToDo } from '../../domain/entries/entry.ts';
import { byEarlierProof, judgeProofs, type Proofs, whyLapsed } from '../../domain/entries/proof.ts';
import type { Verdict } from '../../domain/gates/verdict.ts';

interface Asked {
  domain: string;
  /** What was proven before, and when. */
  proven: Proofs;
  now: Date;
  /** Whether an operation begins: a proof must last until its traffic moves. */
  beginning: boolean;
}

/** What the challenges of a site come to, as all name servers of their zones answer them (failures S2, S3, S15). */
export interface OwnershipVerdict {
  /** What counts as proven from now on, to be remembered whatever the verdict. */
  proofs: Proofs;
  verdict: Verdict<Record<string, never>>;
}

/** A name that is not proven is not taken. A proof counts for a while after its record has gone. */
export function judgeOwnership(
  seen: readonly SeenEntry[],
  { domain, proven, now, beginning }: Asked,
): OwnershipVerdict {
  const { proofs, recent, open, lapsed } = judgeProofs(seen, proven, { now, beginning });
  if (lapsed.length > 0) {
    const message = `${whyLapsed(lapsed, proofs)}. ${lapsed.map(whatToDo).join('. ')}. Then resume the site`;
    return { proofs, verdict: { state: 'failed', name: 'Unproven', message } };
  }
  if (open.length > 0) {
    const message = `Waiting until "${domain}" is proven to be yours: ${open.map(whatToDo).join('. ')}`;
    return { proofs, verdict: { state: 'closed', message } };
  }
  const by = seen.map((proof) => `"${proof.name}"`).join(', ');
  const but = recent.map((proof) => `. ${byEarlierProof(proof, proofs)}. ${whatToDo(proof)}`).join('');
  return { proofs, verdict: { state: 'open', output: {}, message: `The names are proven to be yours by ${by}${but}` } };
}
