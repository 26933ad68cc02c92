import { authorizationProblem, type CaaSet } from '../zones/authorization.ts';
import type { PreflightFinding } from './finding.ts';

/** The CAA records that count for a name, or why no name server could be asked. */
export type SeenCaa = { name: string; set: CaaSet | undefined } | { name: string; failure: string };

/** What CAA says about the names of a certificate: one finding for each problem, or one that says all is well. */
export function authorizationFindings(seen: readonly SeenCaa[]): PreflightFinding[] {
  const found = seen.flatMap((one): PreflightFinding[] => {
    if ('failure' in one) {
      const message = `Cannot check CAA for "${one.name}" now: ${one.failure}. The site checks again before it asks for the certificate`;
      return [{ severity: 'warning', check: 'authorizationNotChecked', message }];
    }
    const message = authorizationProblem(one.name, one.set);
    return message === undefined ? [] : [{ severity: 'error', check: 'authorityNotAllowed', message }];
  });
  if (found.length > 0 || seen.length === 0) return found;
  const names = seen.map(({ name }) => `"${name}"`).join(', ');
  return [{ severity: 'info', check: 'authorityAllowed', message: `CAA lets Amazon issue a certificate for ${names}` }];
}
