import { domainToASCII } from 'node:url';

/** Source: RFC 1035, section 2.3.4, checked 2026-11-22. */
const MAX_CHARACTERS = 253;

/**
 * The name under which a site would stand, for looking it up: lower case A-labels, no trailing dot. Judges nothing: what
 * `canonicalName` refuses is simply not there.
 */
export function lookupName(typed: string): string {
  const name = domainToASCII(typed.replace(/\.$/, ''));
  return name.length > MAX_CHARACTERS ? '' : name;
}
