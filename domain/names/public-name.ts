import { type CanonicalName, canonicalName } from './canonical-name.ts';
import { type NameProblem, refusal } from './name-problem.ts';
import { notPublic, singleLabel, tooLongForDns, tooManyLabels, unknownTopLevel } from './place-checks.ts';

/** A name below which a record says something of it: "_dmarc.example.com", "_443._tcp.example.com". */
const BELOW_RECORDS = /^(?:_[a-z0-9_-]+\.)+((?:[a-z0-9-]+\.)+[a-z0-9-]+)\.?$/i;

/** The canonical form of a name that need not be one's own: Amazon's names and public suffixes are looked at as any other. */
export function publicName(typed: string): CanonicalName {
  const found = canonicalName(typed, [singleLabel, tooLongForDns, tooManyLabels, notPublic, unknownTopLevel]);
  return found.problem ? { problem: instead(typed, found.problem) } : found;
}

/** What to look at in place of what has no host. */
function instead(typed: string, problem: NameProblem): NameProblem {
  if (problem.reason === 'wildcard') {
    const example = typed.replace('*', 'www');
    const such = example.includes('*') ? '' : `, such as "${example}"`;
    return refusal(typed, 'wildcard', `a wildcard has no answer of its own; give a name that it covers${such}`);
  }
  const [, subject] = BELOW_RECORDS.exec(typed) ?? [];
  if (problem.reason !== 'forbiddenCharacter' || subject === undefined) return problem;
  return {
    ...problem,
    message: `${problem.message}. Give the name that the record is about: "${subject.toLowerCase()}"`,
  };
}
