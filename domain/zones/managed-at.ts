import { parse } from 'tldts';

/**
 * Whether only a registry writes into a zone: a top-level domain, or a public suffix such as "co.uk". Owners of the names
 * below it have their registrar do so.
 */
export function isRegistry(zone: string): boolean {
  const { publicSuffix, isIcann } = parse(zone, { extractHostname: false });
  return !zone.includes('.') || (publicSuffix === zone && isIcann === true);
}

/** Where a person changes the NS and DS records that the zone above has for a zone. */
export function managedAt(parent: string): string {
  return isRegistry(parent) ? 'at your registrar' : `where "${parent}" is managed`;
}

/** The same without the list of public suffixes: half a dozen words instead of 50 kB in the bundle of who looks at the account. */
export function enteredAt(parent: string): string {
  return parent.includes('.')
    ? `where "${parent}" is managed, at your registrar if by a registry`
    : 'at your registrar';
}
