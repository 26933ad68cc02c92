import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import type { TimelineItem } from '../../domain/ledger/timeline-item.ts';
import { siteKey, TIMELINE_PREFIX, withoutKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** A page of a timeline, counted from its end. */
export interface TimelinePage {
  /** How many entries at most. */
  limit: number;
  /** From the page before: the entries before those. */
  next?: string | undefined;
}

/** The newest entries, as many as an answer shows unless it is asked for others. */
export const NEWEST: TimelinePage = { limit: 100 };

/** What begins a key of the timeline, and then an instant: "EVENT#2026-11-29T04:00:00.000Z#1-FindZone-done". */
const KEY = /^EVENT#[\dTZ:.-]{20,30}#[\w-]{1,200}$/;

/** A page of what happened, the oldest entry first; `next` when there are older ones. */
export async function readTimeline(
  ledger: Ledger,
  domain: string,
  { limit, next }: TimelinePage,
): Promise<Pick<SiteRecord, 'timeline' | 'next'>> {
  const { pk } = siteKey(domain);
  const { Items = [], LastEvaluatedKey } = await ledger.documents.send(
    new QueryCommand({
      TableName: ledger.table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :event)',
      ExpressionAttributeValues: { ':pk': pk, ':event': TIMELINE_PREFIX },
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: true,
      ...(next !== undefined && { ExclusiveStartKey: { pk, sk: keyIn(next) } }),
    }),
  );
  return {
    timeline: Items.map((item) => withoutKeys<TimelineItem>(item)).reverse(),
    ...(LastEvaluatedKey && { next: Buffer.from(String(LastEvaluatedKey['sk'])).toString('base64url') }),
  };
}

/** Whether a text is where a page of a timeline begins, as `readTimeline` gave it. */
export function isTimelinePlace(next: string): boolean {
  return KEY.test(keyIn(next) ?? '');
}

const keyIn = (next: string): string => Buffer.from(next, 'base64url').toString();
