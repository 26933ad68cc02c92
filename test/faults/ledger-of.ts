import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { NameItem, SiteItem, StepItem } from '../../aws/ledger/items.ts';
import type { Nameplate } from '../support/nameplate.ts';

/** What the product's table holds of one site. */
export interface SiteLedger {
  site: SiteItem | undefined;
  steps: StepItem[];
  claims: NameItem[];
}

/** Reads the ledger of a site past the API, as somebody with a key to the table. */
export async function ledgerOf({ aws, ask }: Nameplate, domain: string): Promise<SiteLedger> {
  const { TableNames = [] } = await ask<{ TableNames?: string[] }>('dynamodb', 'ListTables');
  const client = new DynamoDBClient({
    endpoint: aws.url,
    region: aws.region,
    credentials: { accessKeyId: 'you', secretAccessKey: 'you' },
  });
  const documents = DynamoDBDocumentClient.from(client);
  const items: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new ScanCommand({ TableName: TableNames[0], ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  client.destroy();
  const under = (prefix: string) =>
    items.filter(({ pk, sk }) => pk === `SITE#${domain}` && String(sk).startsWith(prefix)) as unknown[];
  return {
    site: under('SITE')[0] as SiteItem | undefined,
    steps: under('STEP#') as StepItem[],
    claims: items.filter(
      ({ pk, domain: of }) => String(pk).startsWith('NAME#') && of === domain,
    ) as unknown as NameItem[],
  };
}
