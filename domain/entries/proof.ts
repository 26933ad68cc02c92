import { LONGEST_WAIT_HOURS } from '../certificates/rerequest-policy.ts';
import { isAtOrBelow } from '../zones/longest-match.ts';
import { challengeName } from './challenge.ts';
import { type Entry, entryTarget, type SeenEntry } from './entry.ts';

/** How long a proof of ownership counts. Source: failures, invariant 19. */
const PROOF_DAYS = 30;

/** At most so much of it passes from an operation's beginning until traffic moves, nearly all of it by waiting for ACM. */
const BEGINNING_DAYS = Math.ceil(LONGEST_WAIT_HOURS / 24);

const DAY_MS = 24 * 3_600_000;

/** A proof is written anew once the one that is known is so old. */
const RENEWED_AFTER_MS = DAY_MS;

/**
 * When each challenge of a site was last seen to be answered, by its name, and when each name was last seen to be delegated
 * to a zone of the account, by that: ISO 8601 in UTC.
 */
export type Proofs = Readonly<Record<string, string>>;

/** Whether a proof that still counts covers the name: its own delegation, or the challenge of it or of a name above. */
export function isProvenBy(proofs: Proofs, name: string, now: Date): boolean {
  return Object.entries(proofs).some(([proof, at]) => {
    const [challenged] = proof.split(challengeName('')).slice(1);
    const covers = challenged === undefined ? proof === name : isAtOrBelow(name, challenged);
    return covers && now.getTime() - Date.parse(at) <= PROOF_DAYS * DAY_MS;
  });
}

/** The proofs of a site once these names are delegated to zones of the account; as before while theirs are fresh. */
export function provenByDelegation(before: Proofs, names: readonly string[], now: Date): Proofs {
  const old = names.filter((name) => !(now.getTime() - Date.parse(before[name] ?? '') < RENEWED_AFTER_MS));
  return { ...before, ...Object.fromEntries(old.map((name) => [name, now.toISOString()])) };
}

/** What a look at the challenges of a site comes to. */
export interface Proven {
  /** Those of the challenges that count as answered today, each as of when. */
  proofs: Proofs;
  /** Not answered, and proven so lately that this is none of the operation's business. */
  recent: SeenEntry[];
  /** Never answered, or no name server can be asked now: to be waited for. */
  open: SeenEntry[];
  /** Answered once, and no longer: the name may be another owner's by now (failures S3). */
  lapsed: SeenEntry[];
}

/**
 * Judges the challenges as the name servers answer them, by what was proven `before`. Only the challenge counts: a record
 * that leads to the site says where viewers go, and may be left behind by whoever had the name. At the beginning of an
 * operation a proof must last until its traffic moves.
 */
export function judgeProofs(
  challenges: readonly SeenEntry[],
  before: Proofs,
  { now, beginning = false }: { now: Date; beginning?: boolean },
): Proven {
  const days = beginning ? PROOF_DAYS - BEGINNING_DAYS : PROOF_DAYS;
  const ageMs = ({ name }: Entry) => now.getTime() - Date.parse(before[name] ?? '');
  const isRecent = (entry: Entry) => ageMs(entry) <= days * DAY_MS;
  const answered = challenges.filter(({ seen }) => seen === 'seen');
  const others = challenges.filter(({ seen }) => seen !== 'seen');
  const late = others.filter((entry) => !isRecent(entry));
  const lapsed = late.filter(({ name, seen }) => before[name] !== undefined && seen !== 'unchecked');
  const known = challenges.flatMap((entry) => {
    const renewed = answered.includes(entry) && !(ageMs(entry) < RENEWED_AFTER_MS);
    const provenAt = renewed ? now.toISOString() : before[entry.name];
    return provenAt === undefined ? [] : [[entry.name, provenAt] as const];
  });
  return {
    proofs: Object.fromEntries(known),
    recent: others.filter(isRecent),
    open: late.filter((entry) => !lapsed.includes(entry)),
    lapsed,
  };
}

/** Why nothing is done for a site whose proof has lapsed. */
export function whyLapsed(lapsed: readonly Entry[], proofs: Proofs): string {
  const last = lapsed.map((entry) => `${entryTarget(entry)} was last seen on ${proofs[entry.name]?.slice(0, 10)}`);
  return `${last.join(', ')}, and a proof counts for ${PROOF_DAYS} days: nothing is changed or removed until the name is proven to be yours anew`;
}

/** What is told of an operation that goes on by an earlier proof. */
export function byEarlierProof({ name }: Entry, proofs: Proofs): string {
  const until = new Date(Date.parse(proofs[name] ?? '') + PROOF_DAYS * DAY_MS).toISOString().slice(0, 10);
  return `"${name}" is no longer seen, and counts until ${until}`;
}
