import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { NameItem } from './items.ts';
import { nameKey, withoutKeys } from './keys.ts';
import { type Ledger, written } from './ledger.ts';

/** `anew`: nobody had the name before. `standing`: another site's claim, which is in the way. */
export interface Claim {
  anew: boolean;
  standing?: NameItem;
}

/** Claims a name for a site, unless another one has it. */
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
  if (claimed) return { anew };
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: nameKey(claim.name), ConsistentRead: true }),
  );
  // Given back between the two calls: free after all.
  return Item ? { anew: false, standing: withoutKeys<NameItem>(Item) } : claimName(ledger, claim);
}

/** Gives back a name as it was claimed: not one that the site has claimed again since, by another request. */
export async function releaseName(
  ledger: Ledger,
  { name, domain, request }: Omit<NameItem, 'claimedAt'>,
): Promise<void> {
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
export async function dropName(ledger: Ledger, { name, domain }: Pick<NameItem, 'name' | 'domain'>): Promise<void> {
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
