import { domainToUnicode } from 'node:url';

/** A canonical name as people read it: "bücher.example" for "xn--bcher-kva.example". */
export function displayName(name: string): string {
  return domainToUnicode(name) || name;
}
