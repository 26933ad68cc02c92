import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { nameKey } from '../../aws/ledger/keys.ts';
import type { NameItem } from '../../domain/ledger/name-item.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { StepItem } from '../../domain/ledger/step-item.ts';
import type { Nameplate } from '../support/nameplate.ts';

/** What the product's table holds of one site. */
export interface SiteLedger {
  site: SiteItem | undefined;
  steps: StepItem[];
  /** Who has the names. */
  claims: NameItem[];
}

/** Reads the ledger of a site past the API, as somebody with a key to the table. */
export async function ledgerOf(
  { aws, ask }: Nameplate,
  { domain, names }: { domain: string; names: readonly string[] },
): Promise<SiteLedger> {
  const { TableNames = [] } = await ask<{ TableNames?: string[] }>('dynamodb', 'ListTables');
  const [TableName] = TableNames;
  const credentials = { accessKeyId: 'you', secretAccessKey: 'you' };
  const client = new DynamoDBClient({ endpoint: aws.url, region: aws.region, credentials });
  const documents = DynamoDBDocumentClient.from(client);
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :site',
      ExpressionAttributeValues: { ':site': `SITE#${domain}` },
    }),
  );
  const claims: NameItem[] = [];
  for (const name of names) {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: nameKey(name), ConsistentRead: true }));
    // A name that has others below it stands there without an owner.
    if (Item?.['domain'] !== undefined) claims.push(Item as NameItem);
  }
  client.destroy();
  const under = (prefix: string) => Items.filter(({ sk }) => String(sk).startsWith(prefix)) as unknown[];
  return { site: under('SITE')[0] as SiteItem | undefined, steps: under('STEP#') as StepItem[], claims };
}

/** How a site stands, in the words of acts: its page is another end than the site itself. */
export function stateOf({ site }: SiteLedger): string {
  if (site?.operation) return 'stuck';
  const isOfPage = site?.state === 'live' && site.maintenance?.state === 'on';
  return isOfPage ? 'live with its page' : (site?.state ?? 'nothing');
}
