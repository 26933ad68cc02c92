import type { DescribeLogGroupsResponse, FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import type { Nameplate } from '../support/nameplate.ts';

/** What no line may hold (20). */
const LOUD: readonly (readonly [string, RegExp])[] = [
  // Lambda itself sets tabs between the fields of a line.
  ['a raw control character', /[^\P{Cc}\t]|[\p{Zl}\p{Zp}]/u],
  // A task's token and a session's have 128 characters and more; the longest honest word is a checksum's 64.
  ['a token', /[\w+/]{100,}={0,2}/],
  ['a secret', /"[^"]*(?:secret|password|token|authorization)[^"]*":"(?!\[secret\])/i],
];

/** What the functions have written since then that they should have kept to themselves, in sentences (20). */
export async function loudLines({ ask }: Nameplate, since: Date): Promise<string[]> {
  const { logGroups = [] } = await ask<DescribeLogGroupsResponse>('logs', 'DescribeLogGroups', { limit: 50 });
  const found: string[] = [];
  for (const { logGroupName } of logGroups) {
    const startTime = since.getTime();
    const { events = [] } = await ask<FilterLogEventsResponse>('logs', 'FilterLogEvents', { logGroupName, startTime });
    for (const { message = '' } of events) {
      const text = message.replace(/\n$/, '');
      const loud = LOUD.filter(([, pattern]) => pattern.test(text));
      found.push(...loud.map(([what]) => `20: a line of ${logGroupName} holds ${what}: ${text}`));
    }
  }
  return found;
}
