import type { CaaAnswer } from 'dns-packet';
import { type CaaProperty, type CaaSet, climb } from '../../domain/zones/authorization.ts';
import type { Resolver } from './resolver.ts';

/**
 * The CAA records of the closest name that has any, CNAMEs followed. RFC 8659, section 3.
 *
 * @throws {DnsFailure} when no name server answers
 */
export async function closestCaa(dns: Resolver, name: string): Promise<CaaSet | undefined> {
  let aliased = false;
  for (const [height, at] of climb(name).entries()) {
    const { records, over } = await dns.follow(at, 'CAA');
    const target = over.at(-1);
    if (height === 0) aliased = target !== undefined;
    if (records.length === 0) continue;
    const properties = records.map((record) => property(record as CaaAnswer));
    return { at, properties, aliased, ...(target !== undefined && { target }) };
  }
  return undefined;
}

/** Source: RFC 8659, section 4.1: bit 0, the highest, is "issuer critical". */
const CRITICAL = 128;

function property({ data: { flags = 0, tag, value } }: CaaAnswer): CaaProperty {
  return { critical: (flags & CRITICAL) !== 0, tag: tag.toLowerCase(), value };
}
