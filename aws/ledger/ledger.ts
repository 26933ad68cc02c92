import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { client } from '../clients.ts';
import type { Environment } from '../environment.ts';
import { isCode } from '../error-code.ts';

/** The table that remembers. Every ask of it is a file beside this one and takes the ledger first. */
export interface Ledger {
  documents: Pick<DynamoDBDocumentClient, 'send'>;
  table: string;
}

/** The ledger of this stack. */
export function openLedger({ tableName }: Pick<Environment, 'tableName'>): Ledger {
  const marshallOptions = { removeUndefinedValues: true };
  return {
    documents: DynamoDBDocumentClient.from(client(DynamoDBClient), { marshallOptions }),
    table: tableName,
  };
}

/** False when the condition of the write did not hold; everything else that goes wrong is thrown. */
export async function written(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isCode(error, 'ConditionalCheckFailed')) return false;
    throw error;
  }
}
