import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Registration } from '../../domain/care/registration-concerns.ts';
import { registrationKey, withoutKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** What was last told of the registration of a domain, for all sites below it. */
export interface RegistrationItem {
  domain: string;
  /** When the registry is asked again, not before: ISO 8601 in UTC. */
  askAgainAt: string;
  /** Absent where no registry tells when the registration ends. */
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
