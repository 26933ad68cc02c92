import { GetCommand, type NativeAttributeValue, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { withItsInstance } from '../../domain/ledger/its-instance.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import type { StepItem } from '../../domain/ledger/step-item.ts';
import { siteKey, withoutKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { readTimeline, type TimelinePage } from './read-timeline.ts';

/** The site alone, as it was last written. Undefined when there is none. */
export async function readSiteItem(ledger: Ledger, domain: string): Promise<SiteItem | undefined> {
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: siteKey(domain), ConsistentRead: true }),
  );
  return Item && withoutKeys<SiteItem>(Item);
}

/** The site with its steps, and with a page of its timeline only when asked: days of waiting make it long. */
export async function readSite(
  ledger: Ledger,
  domain: string,
  { timeline }: { timeline?: TimelinePage } = {},
): Promise<SiteRecord | undefined> {
  const [stored, told] = await Promise.all([
    query(ledger, siteKey(domain).pk),
    timeline ? readTimeline(ledger, domain, timeline) : { timeline: [] },
  ]);
  const site = stored.find(({ sk }) => sk === 'SITE');
  if (!site) return undefined;
  return withItsInstance({
    item: withoutKeys<SiteItem>(site),
    steps: stored
      .filter(({ sk }) => String(sk).startsWith('STEP#'))
      .map((item) => withoutKeys<StepItem>(item))
      .sort(byStart),
    ...told,
  });
}

type Stored = Record<string, NativeAttributeValue>;

/** Sort keys are "EVENT#…" < "SITE" < "STEP#…". */
async function query(ledger: Ledger, pk: string): Promise<Stored[]> {
  const items: Stored[] = [];
  let ExclusiveStartKey: Stored | undefined;
  do {
    const page = await ledger.documents.send(
      new QueryCommand({
        TableName: ledger.table,
        KeyConditionExpression: 'pk = :pk AND sk >= :site',
        ExpressionAttributeValues: { ':pk': pk, ':site': 'SITE' },
        ConsistentRead: true,
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

function byStart(one: StepItem, other: StepItem): number {
  return one.startedAt.localeCompare(other.startedAt) || one.name.localeCompare(other.name);
}
