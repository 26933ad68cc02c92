import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Alert, readId } from '../../domain/care/alert.ts';
import { domainsIn } from './domains-where.ts';
import { ALERT_PREFIX, ALERTS_INDEX, alertKey, siteKey, withoutKeys } from './keys.ts';
import { type Ledger, written } from './ledger.ts';
import { listByTime } from './list-by-time.ts';

/** How long one that is resolved is kept, in seconds: 90 days, as executions are. */
const KEPT_SECONDS = 90 * 86_400;

/** All alerts of a site, those that are suspected and resolved included. */
export async function readAlerts(ledger: Ledger, domain: string): Promise<Alert[]> {
  const { Items = [] } = await ledger.documents.send(
    new QueryCommand({
      TableName: ledger.table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :alert)',
      ExpressionAttributeValues: { ':pk': siteKey(domain).pk, ':alert': ALERT_PREFIX },
      ConsistentRead: true,
    }),
  );
  return Items.map(readItem);
}

/** One that people were told of; undefined where there is none of that id. */
export async function readAlert(ledger: Ledger, id: string): Promise<Alert | undefined> {
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: keyOf(id), ConsistentRead: true }),
  );
  return Item && Item['raisedAt'] !== undefined ? readItem(Item) : undefined;
}

/** Writes it in place of the version that was read, which it bears. False when another look has written it meanwhile. */
export function writeAlert(ledger: Ledger, alert: Alert): Promise<boolean> {
  const { id, version, state, seenAt, raisedAt, resolvedAt } = alert;
  const at = (state === 'resolved' ? resolvedAt : raisedAt) ?? seenAt;
  // A suspicion that was none is not listed.
  const isListed = state !== 'resolved' || raisedAt !== undefined;
  return written(
    ledger.documents.send(
      new PutCommand({
        TableName: ledger.table,
        Item: {
          ...keyOf(id),
          ...(isListed && { gsi1pk: ALERTS_INDEX[state], gsi1sk: `${at}#${id}` }),
          ...alert,
          version: version + 1,
          ...(state === 'resolved' && { expiresAt: Math.floor(Date.parse(at) / 1000) + KEPT_SECONDS }),
        },
        ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : 'version = :version',
        ...(version > 0 && { ExpressionAttributeValues: { ':version': version } }),
      }),
    ),
  );
}

/** A page of those that are open, or resolved: the newest first. */
export async function listAlerts(
  ledger: Ledger,
  {
    state,
    ...page
  }: { state: 'open' | 'resolved'; limit: number; after?: string | undefined; tenant?: string | undefined },
): Promise<{ items: Alert[]; next?: string }> {
  const keyOfSort = (sort: string) => keyOf(sort.slice(sort.indexOf('#') + 1));
  const query = { partition: ALERTS_INDEX[state], keyOf: keyOfSort, newestFirst: true, ...page };
  const { items, ...rest } = await listByTime<Record<string, unknown>>(ledger, query);
  return { items: items.map(readItem), ...rest };
}

const UNTOLD = { expression: 'attribute_exists(#untold)', names: { '#untold': 'untold' } } as const;

/** The domains of the sites with alerts that are suspected or open, or ended and not told yet, each once. */
export async function sitesWithAlerts(ledger: Ledger): Promise<string[]> {
  const domains = new Set<string>();
  const standing = [ALERTS_INDEX.suspected, ALERTS_INDEX.open].map((partition) => domainsIn(ledger, partition));
  for (const found of [...standing, domainsIn(ledger, ALERTS_INDEX.resolved, UNTOLD)]) {
    for await (const domain of found) domains.add(domain);
  }
  return [...domains];
}

function keyOf(id: string): { pk: string; sk: string } {
  const { domain, hash } = readId(id) ?? { domain: '', hash: '' };
  return alertKey(domain, hash);
}

function readItem(stored: Record<string, unknown>): Alert {
  const { expiresAt: _, ...alert } = withoutKeys<Alert & { expiresAt?: number }>(stored);
  return alert;
}
