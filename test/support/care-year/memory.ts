import { setImmediate } from 'node:timers/promises';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Ledger } from '../../../aws/ledger/ledger.ts';

type Item = Record<string, unknown>;

/**
 * A ledger that can write and read alerts, fast enough for a year of a thousand sites. It fails for every call and condition that it does
 * not know; what DynamoDB makes of the same calls, test/functions/care/care-for-site.test.ts shows.
 */
export function alertsInMemory(): Ledger {
  const partitions = new Map<unknown, Map<unknown, Item>>();
  const send = async (command: unknown): Promise<unknown> => {
    // Others have their turn between two calls, as they do between two answers of DynamoDB.
    await setImmediate();
    if (command instanceof QueryCommand) {
      const { ':pk': pk, ...others } = command.input.ExpressionAttributeValues ?? {};
      const [prefix] = Object.values(others);
      return {
        Items: [...(partitions.get(pk) ?? [])].flatMap(([sk, item]) => (String(sk).startsWith(prefix) ? [item] : [])),
      };
    }
    if (!(command instanceof PutCommand)) throw new Error('This ledger can only query and put');
    const { Item: item = {}, ConditionExpression: condition, ExpressionAttributeValues: values } = command.input;
    const { pk, sk } = item;
    const partition = partitions.get(pk) ?? new Map<unknown, Item>();
    if (!holds(partition.get(sk), condition, values?.[':version']))
      throw Object.assign(new Error('It was written meanwhile'), { name: 'ConditionalCheckFailedException' });
    partitions.set(pk, partition.set(sk, structuredClone(item)));
    return {};
  };
  return { documents: { send } as Ledger['documents'], table: 'ledger' };
}

function holds(stored: Item | undefined, condition: string | undefined, version: unknown): boolean {
  if (condition === 'attribute_not_exists(pk)') return stored === undefined;
  if (condition === 'version = :version') return stored?.['version'] === version;
  throw new Error(`This ledger does not know the condition "${condition}"`);
}
