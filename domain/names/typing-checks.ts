import { domainToASCII } from 'node:url';
import { isIpv6 } from '../addresses.ts';
import { type NameProblem, quoted, refusal } from './name-problem.ts';

/** Longer than any name can be, U-labels included: not worth a closer look. */
const MAX_TYPED_CHARACTERS = 1_000;

/** What a person can't see: soft hyphens, joiners, marks of direction, variation selectors, odd spaces, controls. */
const HIDDEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** What stands in a URL, a mail address or a host with its port, and never in a name. */
const AROUND_A_NAME = /[\s/\\?#@:,;<>()[\]"'`]/;

/**
 * Beyond ASCII: letters, their marks and digits, the dots of Catalan and Japanese, and what ends a syllable in Tibetan. No
 * marks that enclose a letter, no symbols, no emoji.
 */
const FORBIDDEN = /[^\p{L}\p{Mn}\p{Mc}\p{Nd}.。．｡\-·・་]/u;

/** A part of an IPv4 address in any notation that browsers take: "127", "0177", "0x7f". */
const NUMBER = /^(0x[0-9a-f]*|\d+)$/i;

/** True for text without invisible characters and without signs that no name has. */
export function isTypeable(text: string): boolean {
  return !HIDDEN.test(text) && !FORBIDDEN.test(text);
}

export function empty(typed: string): NameProblem | undefined {
  if (typed.replaceAll('.', '').trim() !== '') return undefined;
  return { reason: 'empty', message: 'Cannot use an empty name: give one such as "shop.example.com"' };
}

export function farTooLong(typed: string): NameProblem | undefined {
  if (typed.length <= MAX_TYPED_CHARACTERS) return undefined;
  return refusal(typed, 'tooLong', `it has ${typed.length} characters; a domain name has at most 253`);
}

/** S8: two inputs that look alike must not meet in one name, nor one input read as another. */
export function hiddenCharacter(typed: string): NameProblem | undefined {
  const [found] = typed.match(HIDDEN) ?? [];
  if (found === undefined) return undefined;
  const codePoint = found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  const because = `it holds the invisible or unassigned character U+${codePoint}; type the name instead of pasting it`;
  return refusal(typed, 'hiddenCharacter', because);
}

/**
 * S5: every spelling that a browser takes for an IP address, whatever it looks like: "127.1", "0x7f.1", "2130706433",
 * full-width digits, IPv6 with and without brackets.
 */
export function address(typed: string): NameProblem | undefined {
  // Nothing takes words for an address: a line of a zone file ends in one.
  if (/\s/.test(typed.trim())) return undefined;
  const bare = typed.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const ascii = domainToASCII(typed).replace(/\.$/, '');
  const isAddress = isIpv6(bare.replace(/%.*$/, '')) || endsInNumber(ascii) || endsInNumber(bare);
  if (!isAddress) return undefined;
  return refusal(typed, 'ipAddress', 'it is an IP address; give a domain name, such as "shop.example.com"');
}

export function notOnlyAName(typed: string): NameProblem | undefined {
  if (!AROUND_A_NAME.test(typed)) return undefined;
  const without = 'without scheme, port, path or spaces';
  const host = hostIn(typed);
  if (host !== undefined && address(host)) {
    const because = `its host ${quoted(host)} is an IP address; give a domain name, ${without}`;
    return refusal(typed, 'notOnlyAName', because);
  }
  return refusal(typed, 'notOnlyAName', `give only the name${host ? `, such as ${quoted(host)}` : ''}, ${without}`);
}

/** S9: wildcards reach further than they look. */
export function wildcard(typed: string): NameProblem | undefined {
  if (!typed.includes('*')) return undefined;
  return refusal(typed, 'wildcard', 'wildcards are not supported; list each name as an alias');
}

export function forbiddenCharacter(typed: string): NameProblem | undefined {
  const [found] = typed.match(FORBIDDEN) ?? [];
  if (found === undefined) return undefined;
  const which = found === '_' ? 'an underscore' : `"${found}"`;
  const allowed = 'letters, digits and hyphens, with dots between the labels';
  return refusal(typed, 'forbiddenCharacter', `it holds ${which}; a host name has ${allowed}`);
}

/** What a browser reads as an IPv4 address, valid or not. Source: WHATWG URL, "ends in a number checker". */
function endsInNumber(host: string): boolean {
  return NUMBER.test(host.slice(host.lastIndexOf('.') + 1));
}

/** The host of a pasted URL, mail address, or host with a port; of a URL also where a slash or the scheme is missing. */
const HOST =
  /^(?:(?:[a-z][a-z0-9+.-]*:)?\/\/|https?:?\/{0,2})?(?:[^@/]*@)?([\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+)\.?(?:$|[/:?#,;\s])/iu;

/** An IPv6 address in a URL or before a port. */
const IPV6_HOST = /(\[[\da-f]*:[\da-f:.]*\])/i;

function hostIn(typed: string): string | undefined {
  const text = typed.trim();
  const [, host] = HOST.exec(text) ?? IPV6_HOST.exec(text) ?? [];
  return host?.toLowerCase();
}
