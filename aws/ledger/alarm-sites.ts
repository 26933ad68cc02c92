import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { alarmKey } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** Remembers that a site has an alarm, so that the site is found when only the alarm is known. */
export async function rememberAlarm(ledger: Ledger, { arn, domain }: { arn: string; domain: string }): Promise<void> {
  await ledger.documents.send(new PutCommand({ TableName: ledger.table, Item: { ...alarmKey(arn, domain), domain } }));
}

/** Forgets that a site has an alarm. */
export async function forgetAlarm(ledger: Ledger, { arn, domain }: { arn: string; domain: string }): Promise<void> {
  await ledger.documents.send(new DeleteCommand({ TableName: ledger.table, Key: alarmKey(arn, domain) }));
}

/** The domains of the sites that have an alarm. */
export async function sitesOfAlarm(ledger: Ledger, arn: string): Promise<string[]> {
  const { Items = [] } = await ledger.documents.send(
    new QueryCommand({
      TableName: ledger.table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': alarmKey(arn, '').pk },
      ConsistentRead: true,
    }),
  );
  return Items.map(({ domain }) => String(domain));
}
