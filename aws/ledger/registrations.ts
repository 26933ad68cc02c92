import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Registration } from '../../domain/care/registration-concerns.ts';
import { registrationKey, withoutKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** What was last told of the registration of a domain, for all sites below it. */
export interface RegistrationItem {
  domain: string;
  /** ISO 8601 in UTC: nobody is asked before. */
  askAgainAt: string;
  /** Absent where nobody tells. */
  registration?: Registration;
  /** Seconds since 1970, after which DynamoDB may remove it. */
  expiresAt: number;
}

export async function readRegistrationItem(ledger: Ledger, domain: string): Promise<RegistrationItem | undefined> {
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: registrationKey(domain), ConsistentRead: true }),
  );
  return Item && withoutKeys<RegistrationItem>(Item);
}

export async function writeRegistrationItem(ledger: Ledger, item: RegistrationItem): Promise<void> {
  const Item = { ...registrationKey(item.domain), ...item };
  await ledger.documents.send(new PutCommand({ TableName: ledger.table, Item }));
}
