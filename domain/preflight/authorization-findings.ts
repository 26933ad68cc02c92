import { authorizationProblem, type CaaSet } from '../zones/authorization.ts';
import { isAtOrBelow } from '../zones/longest-match.ts';
import type { PreflightFinding } from './finding.ts';

/** The CAA records that count for a name, or why no name server could be asked. */
export type SeenCaa = { name: string; set: CaaSet | undefined } | { name: string; failure: string };

/** A zone whose delegation the site waits for before it looks at CAA. */
export interface AwaitedZone {
  name: string;
  /** The names of the site in it, whose answers of today are copied into it. */
  names: readonly string[];
}

/** What CAA says about the names of a certificate: one finding for each problem, or one that says all is well. */
export function authorizationFindings(
  seen: readonly SeenCaa[],
  { awaited = [] }: { awaited?: readonly AwaitedZone[] } = {},
): PreflightFinding[] {
  const found = seen.flatMap((one): PreflightFinding[] => {
    const { name } = one;
    if ('failure' in one) {
      const message = `Cannot check CAA for "${name}" now: ${one.failure}. The site checks again before it asks for the certificate`;
      return [{ severity: 'warning', check: 'authorizationNotChecked', message, name }];
    }
    const zone = awaited.find((each) => one.set && isReplacedBy(each, one.set));
    if (zone) {
      const next = `. That is so today: once "${zone.name}" is delegated the CAA records of its hosted zone count, and the site checks those before it asks for the certificate`;
      const message = authorizationProblem(name, one.set, { next });
      return message === undefined ? [] : [{ severity: 'warning', check: 'authorityNotAllowedYet', message, name }];
    }
    const message = authorizationProblem(name, one.set);
    return message === undefined ? [] : [{ severity: 'error', check: 'authorityNotAllowed', message, name }];
  });
  if (found.length > 0 || seen.length === 0) return found;
  const names = seen.map(({ name }) => `"${name}"`).join(', ');
  return [{ severity: 'info', check: 'authorityAllowed', message: `CAA lets Amazon issue a certificate for ${names}` }];
}

/** Whether the records are in the zone as it is kept today, and not copied: those of a name above it stay in force. */
function isReplacedBy({ name, names }: AwaitedZone, { at }: CaaSet): boolean {
  return isAtOrBelow(at, name) && !names.includes(at);
}
