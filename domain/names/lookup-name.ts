import { domainToASCII } from 'node:url';

/**
 * The name under which a site would stand, for looking it up: lower case A-labels, no trailing dot. Judges nothing: what
 * `canonicalName` refuses is simply not there.
 */
export function lookupName(typed: string): string {
  return domainToASCII(typed.replace(/\.$/, ''));
}
