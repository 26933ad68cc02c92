import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { NameItem } from './items.ts';
import { nameKey, withoutKeys } from './keys.ts';
import { type Ledger, written } from './ledger.ts';

/** `anew`: nobody had the name before. Otherwise the site that owns it, which may be the one that asks. */
export type Claim = { owner: string; anew: boolean };

/** Claims a name for a site, unless another one owns it. */
export async function claimName(ledger: Ledger, claim: NameItem): Promise<Claim> {
  let anew = false;
  const put = new PutCommand({
    TableName: ledger.table,
    Item: { ...nameKey(claim.name), ...claim },
    ConditionExpression: 'attribute_not_exists(pk) OR #domain = :domain',
    ExpressionAttributeNames: { '#domain': 'domain' },
    ExpressionAttributeValues: { ':domain': claim.domain },
    ReturnValues: 'ALL_OLD',
  });
  const claimed = await written(
    ledger.documents.send(put).then(({ Attributes }) => {
      anew = Attributes === undefined;
    }),
  );
  if (claimed) return { owner: claim.domain, anew };
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: nameKey(claim.name), ConsistentRead: true }),
  );
  // Given back in between: the next try finds it free.
  return { owner: Item ? withoutKeys<NameItem>(Item).domain : '', anew: false };
}

/** Gives back a name as it was claimed: not one that the site has claimed again since, by another request. */
export async function releaseName(ledger: Ledger, { name, domain, request }: NameItem): Promise<void> {
  await written(
    ledger.documents.send(
      new DeleteCommand({
        TableName: ledger.table,
        Key: nameKey(name),
        ConditionExpression: '#domain = :domain AND #request = :request',
        ExpressionAttributeNames: { '#domain': 'domain', '#request': 'request' },
        ExpressionAttributeValues: { ':domain': domain, ':request': request },
      }),
    ),
  );
}

/** Gives back a name that the site no longer declares, whichever request claimed it. */
export async function dropName(ledger: Ledger, { name, domain }: Omit<NameItem, 'request'>): Promise<void> {
  await written(
    ledger.documents.send(
      new DeleteCommand({
        TableName: ledger.table,
        Key: nameKey(name),
        ConditionExpression: '#domain = :domain',
        ExpressionAttributeNames: { '#domain': 'domain' },
        ExpressionAttributeValues: { ':domain': domain },
      }),
    ),
  );
}
