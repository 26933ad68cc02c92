import { GetCommand, type NativeAttributeValue, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SiteItem, SiteRecord, StepItem, TimelineItem } from './items.ts';
import { siteKey, withoutKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** The site alone, as it was last written. Undefined when there is none. */
export async function readSiteItem(ledger: Ledger, domain: string): Promise<SiteItem | undefined> {
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: siteKey(domain), ConsistentRead: true }),
  );
  return Item && withoutKeys<SiteItem>(Item);
}

/** The site with its steps, and with its timeline only when asked: days of waiting make it long. */
export async function readSite(
  ledger: Ledger,
  domain: string,
  { timeline = false }: { timeline?: boolean } = {},
): Promise<SiteRecord | undefined> {
  const stored = await query(ledger, siteKey(domain).pk, timeline ? '' : 'SITE');
  const site = stored.find(({ sk }) => sk === 'SITE');
  if (!site) return undefined;
  return {
    item: withoutKeys<SiteItem>(site),
    steps: under(stored, 'STEP#')
      .map((item) => withoutKeys<StepItem>(item))
      .sort(byStart),
    timeline: under(stored, 'EVENT#').map((item) => withoutKeys<TimelineItem>(item)),
  };
}

type Stored = Record<string, NativeAttributeValue>;

/** Sort keys are "EVENT#…" < "SITE" < "STEP#…". */
async function query(ledger: Ledger, pk: string, from: string): Promise<Stored[]> {
  const items: Stored[] = [];
  let ExclusiveStartKey: Stored | undefined;
  do {
    const page = await ledger.documents.send(
      new QueryCommand({
        TableName: ledger.table,
        KeyConditionExpression: from ? 'pk = :pk AND sk >= :from' : 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk, ...(from && { ':from': from }) },
        ConsistentRead: true,
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

function under(stored: Stored[], prefix: string): Stored[] {
  return stored.filter(({ sk }) => String(sk).startsWith(prefix));
}

function byStart(one: StepItem, other: StepItem): number {
  return one.startedAt.localeCompare(other.startedAt) || one.name.localeCompare(other.name);
}
