import { expiryStages, type Lifetime, leftOf } from '../../domain/care/expiry-stages.ts';
import type { Tone } from '../parts/tone.ts';

const DAY_MS = 86_400_000;

/** How near the end of a certificate is, by the stages at which people are told of it. */
export interface Stage {
  tone: Tone;
  /** "less than a sixth of its lifetime is left" */
  words: string;
}

/** The last stage that a certificate has reached; undefined while more than a third of its lifetime is left. */
export function stageOf(
  lifetime: Lifetime,
  { renewsItself, now }: { renewsItself: boolean; now: Date },
): Stage | undefined {
  const left = leftOf(lifetime, now);
  if (left <= 0) return { tone: 'bad', words: 'it has ended' };
  const stages = expiryStages(lifetime);
  const reached = stages.filter((stage) => left <= stage).length;
  if (reached === 0) return undefined;
  const days = (stages[reached - 1] ?? 0) / DAY_MS;
  const share = ['a third', 'a sixth'][reached - 1];
  const words = share ? `${share} of its lifetime is` : days === 1 ? '1 day is' : `${days} days are`;
  // People are told of the first stage only where a person renews it.
  const tone = reached > 2 ? 'bad' : reached === 2 || !renewsItself ? 'warn' : 'quiet';
  return { tone, words: `less than ${words} left` };
}
