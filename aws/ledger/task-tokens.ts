import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CertificatePlace } from '../../domain/certificates/place.ts';
import { tokenKey, withoutKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** What lets a waiting workflow go on: `pk` "TOKEN#certificateArn", `sk` "TOKEN". The token is never logged. */
export interface TokenItem {
  certificateArn: string;
  /** The step that waits; absent of a version whose sites had one certificate. */
  step?: CertificatePlace['wait'];
  token: string;
  domain: string;
  revision: number;
  /** Seconds since 1970, when DynamoDB may forget it. */
  expiresAt: number;
}

/** Keeps the token that lets the workflow go on once the certificate is issued. A secret: never log it. */
export async function storeToken(ledger: Ledger, token: TokenItem): Promise<void> {
  await ledger.documents.send(
    new PutCommand({ TableName: ledger.table, Item: { ...tokenKey(token.certificateArn), ...token } }),
  );
}

/** The token of the task that waits for a certificate; undefined when none does. */
export async function readToken(ledger: Ledger, certificateArn: string): Promise<TokenItem | undefined> {
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: tokenKey(certificateArn), ConsistentRead: true }),
  );
  return Item && withoutKeys<TokenItem>(Item);
}

/** Forgets a token that has been used. */
export async function deleteToken(ledger: Ledger, certificateArn: string): Promise<void> {
  await ledger.documents.send(new DeleteCommand({ TableName: ledger.table, Key: tokenKey(certificateArn) }));
}
