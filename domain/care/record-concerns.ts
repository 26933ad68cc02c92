import { finding } from '../doctor/finding.ts';
import { type Concern, concern } from './concern.ts';

/** That others have changed records of a site; `changes` are what would bring them back, a sentence each. */
export function recordConcerns(domain: string, changes: readonly string[], area: string): Concern[] {
  if (changes.length === 0) return [];
  const message =
    changes.length === 1 ? 'A record is not as declared' : `${changes.length} records are not as declared`;
  const evidence = changes.map((each) => `to be as declared: ${each}`);
  return [concern(finding('recordsChanged', { message, evidence }), { subject: domain, area })];
}
