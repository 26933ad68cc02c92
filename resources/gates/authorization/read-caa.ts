import { closestCaa } from '../../../aws/dns/closest-caa.ts';
import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { SeenCaa } from '../../../domain/preflight/authorization-findings.ts';

/** The CAA records that count for each name. */
export function readCaa(dns: Resolver, names: readonly string[]): Promise<SeenCaa[]> {
  return Promise.all(names.map((name) => readOne(dns, name)));
}

async function readOne(dns: Resolver, name: string): Promise<SeenCaa> {
  try {
    return { name, set: await closestCaa(dns, name) };
  } catch (error) {
    if (error instanceof DnsFailure) return { name, failure: error.message };
    throw error;
  }
}
