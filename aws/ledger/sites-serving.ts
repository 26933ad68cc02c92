import { type NativeAttributeValue, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { SITES_INDEX } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** The paths of a document, each part a name: some are reserved words of DynamoDB. */
const NAMES = {
  '#domain': 'domain',
  '#state': 'state',
  '#site': 'site',
  '#live': 'live',
  '#origin': 'origin',
  '#balancer': 'loadBalancer',
  '#certificate': 'certificate',
  '#arn': 'arn',
};

const isOn = (document: '#site' | '#live'): string =>
  `(${document}.#origin.#balancer = :balancer AND ${document}.#certificate.#arn = :certificate)`;

/** The other sites that name one load balancer and one certificate, as they are declared or live; undone ones are left out. */
export async function sitesServing(
  ledger: Ledger,
  { loadBalancerArn, certificateArn, but }: { loadBalancerArn: string; certificateArn: string; but: string },
): Promise<string[]> {
  const found: string[] = [];
  let from: Record<string, NativeAttributeValue> | undefined;
  do {
    const page = await ledger.documents.send(
      new QueryCommand({
        TableName: ledger.table,
        IndexName: SITES_INDEX.name,
        KeyConditionExpression: 'gsi1pk = :partition',
        FilterExpression: `#domain <> :but AND #state <> :undone AND (${isOn('#site')} OR ${isOn('#live')})`,
        ProjectionExpression: '#domain',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: {
          ':partition': SITES_INDEX.partition,
          ':but': but,
          ':undone': 'undone',
          ':balancer': loadBalancerArn,
          ':certificate': certificateArn,
        },
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    found.push(...(page.Items ?? []).map((item) => String(item['domain'])));
    from = page.LastEvaluatedKey;
  } while (from);
  return found.sort();
}
