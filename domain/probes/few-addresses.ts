import { found, type ProbeResult, unseen } from './probe-result.ts';

/** Most addresses of one name that are looked at. */
const MAX_ADDRESSES = 16;

/** The addresses that are looked at, each once, and what is said of those beyond. */
export function fewAddresses(addresses: readonly string[], name: string): { few: string[]; others: ProbeResult } {
  const each = [...new Set(addresses)];
  const few = each.slice(0, MAX_ADDRESSES);
  const more = each.length - few.length;
  return { few, others: more > 0 ? unseen(`${more} more addresses of "${name}"`, 'too many to look at') : found() };
}
