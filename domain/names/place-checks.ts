import { parse } from 'tldts';
import { markerName } from '../records/marker.ts';
import { isAmazonsOwn } from './amazon-names.ts';
import type { NameProblem } from './name-problem.ts';

/** Characters of a name without its trailing dot. Source: RFC 1035, section 2.3.4, checked 2026-11-22. */
const MAX_DNS_CHARACTERS = 253;

/** Every name of a site has its owner marker below it, which must be a name as well. */
const MAX_NAME_CHARACTERS = MAX_DNS_CHARACTERS - markerName('').length;

/** S11: deeper names are mistakes or attacks. Source: Let's Encrypt's Boulder, policy/pa.go, checked 2026-11-22. */
const MAX_LABELS = 10;

/** Endings that never lead anywhere in the public DNS. Source: IANA "Special-Use Domain Names", checked 2026-11-22. */
const NOT_PUBLIC = new Set(['alt', 'arpa', 'internal', 'invalid', 'local', 'localhost', 'onion']);

/** Endings reserved for tests and documentation, which no list of top-level domains has. Source: RFC 2606. */
const RESERVED = new Set(['example', 'test']);

export function singleLabel(name: string): NameProblem | undefined {
  if (name.includes('.')) return undefined;
  return { reason: 'singleLabel', message: whatToGiveFor(name) };
}

function whatToGiveFor(label: string): string {
  if (NOT_PUBLIC.has(label)) return 'it is not part of the public DNS; give a name that every resolver can look up';
  if (inPublicSuffixList(label).isIcann || RESERVED.has(label))
    return `it is a single label, and a top-level domain; give the full name, such as "example.${label}"`;
  return `it is a single label; give the full name, such as "${label}.example.com"`;
}

export function tooLong(name: string): NameProblem | undefined {
  if (name.length <= MAX_NAME_CHARACTERS) return undefined;
  const why = `its owner marker "${markerName('…')}" must fit into the ${MAX_DNS_CHARACTERS} of DNS`;
  return {
    reason: 'tooLong',
    message: `it has ${name.length} characters in DNS; ${MAX_NAME_CHARACTERS} is the most, because ${why}`,
  };
}

/** Of a name that bears no marker of ours. */
export function tooLongForDns(name: string): NameProblem | undefined {
  if (name.length <= MAX_DNS_CHARACTERS) return undefined;
  return {
    reason: 'tooLong',
    message: `it has ${name.length} characters in DNS; ${MAX_DNS_CHARACTERS} is the most`,
  };
}

export function tooManyLabels(name: string): NameProblem | undefined {
  const count = name.split('.').length;
  if (count <= MAX_LABELS) return undefined;
  return { reason: 'tooLong', message: `it has ${count} labels; ${MAX_LABELS} is the most` };
}

export function notPublic(name: string): NameProblem | undefined {
  const ending = topLevel(name);
  if (!NOT_PUBLIC.has(ending)) return undefined;
  return {
    reason: 'notPublic',
    message: `".${ending}" is not part of the public DNS; give a name that every resolver can look up`,
  };
}

/** S7: ACM refuses these, and no customer can point them elsewhere. */
export function amazonsOwn(name: string): NameProblem | undefined {
  if (!isAmazonsOwn(name)) return undefined;
  return { reason: 'amazonsOwn', message: 'it belongs to Amazon; give a name of your own' };
}

export function unknownTopLevel(name: string): NameProblem | undefined {
  const { isIcann, isPrivate } = inPublicSuffixList(name);
  const ending = topLevel(name);
  if (isIcann || isPrivate || RESERVED.has(ending)) return undefined;
  return { reason: 'unknownTopLevel', message: `there is no top-level domain ".${ending}"; check its spelling` };
}

/** S7: "co.uk", "github.io": others have their names under it. */
export function publicSuffix(name: string): NameProblem | undefined {
  if (inPublicSuffixList(name).publicSuffix !== name) return undefined;
  return {
    reason: 'publicSuffix',
    message: 'it is a public suffix, under which different owners have names; give a name below it',
  };
}

function inPublicSuffixList(name: string) {
  return parse(name, { allowPrivateDomains: true, extractHostname: false });
}

function topLevel(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
