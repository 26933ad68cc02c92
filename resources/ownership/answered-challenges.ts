import { DnsFailure } from '../../aws/dns/query.ts';
import type { Resolver } from '../../aws/dns/resolver.ts';
import type { Entry } from '../../domain/entries/entry.ts';
import { textOf } from '../manual-record/probe-record.ts';

/** The challenges that every name server of their zone answers with; without the hints that a person gets of the others. */
export async function answeredChallenges(dns: Resolver, challenges: readonly Entry[]): Promise<Entry[]> {
  const answered = await Promise.all(challenges.map((entry) => isAnswered(dns, entry)));
  return challenges.filter((_, place) => answered[place]);
}

async function isAnswered(dns: Resolver, { name, values: [wanted] }: Entry): Promise<boolean> {
  try {
    const { said } = await dns.everyServer({ name, type: 'TXT' });
    return said.every(({ answers }) =>
      answers.some((answer) => answer.type === 'TXT' && answer.name === name && textOf(answer.data) === wanted),
    );
  } catch (error) {
    if (error instanceof DnsFailure) return false;
    throw error;
  }
}
