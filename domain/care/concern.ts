import type { Finding } from '../doctor/finding.ts';

/** A finding of a look at a live site that people are told of once it stands. */
export interface Concern extends Finding {
  /** What it is about: a name, the ARN of a certificate, a resource in words. With the code, the same at every look. */
  subject: string;
  /** The part of the look that has found it, and that would find it again: "resources", "name shop.example.com". */
  area: string;
  /** Grows when it has become graver; absent where it does not. */
  stage?: number;
  /** Whether one look is enough: AWS says so itself. What is seen over the network has to be seen twice. */
  isCertain: boolean;
  /** Whether Nameplate puts it back without being asked: it is ours, and nothing stands in its place. */
  isOurs?: true;
}

/** What a look at a site has found, and the parts of it that could not be looked at: they say nothing. */
export interface Concerns {
  concerns: Concern[];
  unseen: string[];
}

/** A finding as a concern. */
export function concern(
  finding: Finding,
  {
    subject,
    area,
    isCertain = true,
    stage,
    isOurs,
  }: Pick<Concern, 'subject' | 'area' | 'stage' | 'isOurs'> & { isCertain?: boolean },
): Concern {
  return { ...finding, subject, area, isCertain, ...(stage !== undefined && { stage }), ...(isOurs && { isOurs }) };
}

/** Several parts of a look as one; the same about the same subject once, with what was seen by each. */
export function allConcerns(parts: readonly Concerns[]): Concerns {
  const told = new Map<string, Concern>();
  for (const found of parts.flatMap(({ concerns }) => concerns)) {
    const key = `${found.code} ${found.subject}`;
    const known = told.get(key);
    const evidence = [...new Set([...(known?.evidence ?? []), ...found.evidence])];
    told.set(key, { ...(known ?? found), evidence });
  }
  return { concerns: [...told.values()], unseen: parts.flatMap(({ unseen }) => unseen) };
}
