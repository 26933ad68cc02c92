import { DeleteCommand, GetCommand, type NativeAttributeValue, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { NameItem } from '../../domain/ledger/name-item.ts';
import { nameKey, withoutKeys } from './keys.ts';
import { type Ledger, written } from './ledger.ts';

/** A name as the ledger has it, read before it is claimed. */
export interface SeenName {
  /** Whose it is; absent when it is free. */
  claim?: NameItem;
  /** Changes whenever a name below it is marked: a claim counts only if none was since this was read. */
  below?: string;
}

/** How a name stands now. What lies below it must be read after this, never before. */
export async function readName(ledger: Ledger, name: string): Promise<SeenName> {
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: nameKey(name), ConsistentRead: true }),
  );
  return Item ? seenName(Item) : {};
}

/** A name as it is stored: one that only has others below it stands there without an owner. */
export function seenName(stored: Record<string, NativeAttributeValue>): SeenName {
  const { below, ...claim } = withoutKeys<NameItem & { below?: string }>(stored);
  return { ...(claim.domain !== undefined && { claim }), ...(below !== undefined && { below }) };
}

/**
 * Claims a name for a site, as it was `seen`: unless another site or tenant has it, or a name below it has been marked
 * since. Says whether it was free before; undefined when it can't be claimed so.
 */
export async function claimName(
  ledger: Ledger,
  claim: NameItem,
  { below }: SeenName = {},
): Promise<{ anew: boolean } | undefined> {
  let before: Partial<NameItem> = {};
  const unmarked = below === undefined ? 'attribute_not_exists(below)' : 'below = :below';
  const update = new UpdateCommand({
    TableName: ledger.table,
    Key: nameKey(claim.name),
    UpdateExpression: `SET #name = :name, #domain = :domain, #request = :request, claimedAt = :at${claim.tenant === undefined ? '' : ', tenant = :tenant'}`,
    ConditionExpression: `(attribute_not_exists(#domain) OR (#domain = :domain AND ${sameTenant(claim)})) AND ${unmarked}`,
    ExpressionAttributeNames: { '#name': 'name', '#domain': 'domain', '#request': 'request' },
    ExpressionAttributeValues: {
      ':name': claim.name,
      ':domain': claim.domain,
      ':request': claim.request,
      ':at': claim.claimedAt,
      ...tenantValue(claim),
      ...(below !== undefined && { ':below': below }),
    },
    ReturnValues: 'ALL_OLD',
  });
  const claimed = await written(
    ledger.documents.send(update).then(({ Attributes = {} }) => {
      before = Attributes;
    }),
  );
  // The SDK may have sent it twice: what this very request claimed is anew still.
  return claimed ? { anew: before.domain === undefined || before.request === claim.request } : undefined;
}

/** Gives back a name as it was claimed: not one that the site has claimed again since, by another request. */
export function releaseName(ledger: Ledger, { name, domain, request }: Omit<NameItem, 'claimedAt'>): Promise<void> {
  return free(ledger, name, { '#domain': domain, '#request': request });
}

/** Gives back a name that the site no longer declares, whichever request claimed it. */
export function dropName(ledger: Ledger, { name, domain }: Pick<NameItem, 'name' | 'domain'>): Promise<void> {
  return free(ledger, name, { '#domain': domain });
}

/** The condition that an item is this tenant's: the account's own sites have none. */
export function sameTenant({ tenant }: Pick<NameItem, 'tenant'>): string {
  return tenant === undefined ? 'attribute_not_exists(tenant)' : 'tenant = :tenant';
}

export function tenantValue({ tenant }: Pick<NameItem, 'tenant'>): Record<string, NativeAttributeValue> {
  return tenant === undefined ? {} : { ':tenant': tenant };
}

/** What says that a name below has been marked stays: a claim that was seen before it must not count. */
async function free(ledger: Ledger, name: string, is: Record<string, string>): Promise<void> {
  const mine = {
    TableName: ledger.table,
    Key: nameKey(name),
    ExpressionAttributeNames: Object.fromEntries(Object.keys(is).map((key) => [key, key.slice(1)])),
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries(is).map(([key, value]) => [`:${key.slice(1)}`, value]),
    ),
  };
  const condition = Object.keys(is)
    .map((key) => `${key} = :${key.slice(1)}`)
    .join(' AND ');
  const whole = new DeleteCommand({ ...mine, ConditionExpression: `${condition} AND attribute_not_exists(below)` });
  if (await written(ledger.documents.send(whole))) return;
  const owner = new UpdateCommand({
    ...mine,
    UpdateExpression: 'REMOVE #domain, #request, claimedAt, tenant',
    ConditionExpression: condition,
    ExpressionAttributeNames: { '#domain': 'domain', '#request': 'request' },
  });
  await written(ledger.documents.send(owner));
}
