import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { AddressUse } from '../../domain/servers/address-use.ts';
import { addressUseKey } from './keys.ts';
import { type Ledger, written } from './ledger.ts';

/** Which sites share the address of an instance: `pk` "INSTANCE#id", `sk` "ADDRESS". Undefined when none uses it. */
export async function readAddressUse(ledger: Ledger, instanceId: string): Promise<AddressUse | undefined> {
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: addressUseKey(instanceId), ConsistentRead: true }),
  );
  return Item && { owner: Item['owner'] as string, users: (Item['users'] as string).split(' ') };
}

/**
 * Writes it in place of what was read, or deletes it. False when another site has changed it since: the domains are one
 * string, so that one condition compares them all.
 */
export function writeAddressUse(
  ledger: Ledger,
  { instanceId, over, use }: { instanceId: string; over: AddressUse | undefined; use: AddressUse | undefined },
): Promise<boolean> {
  const condition = over
    ? {
        ConditionExpression: '#owner = :owner AND #users = :users',
        ExpressionAttributeNames: { '#owner': 'owner', '#users': 'users' },
        ExpressionAttributeValues: { ':owner': over.owner, ':users': over.users.join(' ') },
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
  const TableName = ledger.table;
  const Key = addressUseKey(instanceId);
  return written(
    use
      ? ledger.documents.send(
          new PutCommand({
            TableName,
            Item: { ...Key, instanceId, owner: use.owner, users: use.users.join(' ') },
            ...condition,
          }),
        )
      : ledger.documents.send(new DeleteCommand({ TableName, Key, ...condition })),
  );
}
