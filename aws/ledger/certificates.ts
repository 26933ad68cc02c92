import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { readId } from '../../domain/care/alert.ts';
import type { CertificateItem } from '../../domain/care/certificate-item.ts';
import { CERTIFICATE_PREFIX, CERTIFICATES_INDEX, certificateKey, siteKey } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { listByTime } from './list-by-time.ts';

/** Writes the certificates that a look at a site has found, and takes those off the list that it has not. */
export async function writeCertificates(
  ledger: Ledger,
  domain: string,
  certificates: readonly CertificateItem[],
): Promise<void> {
  const { Items = [] } = await ledger.documents.send(
    new QueryCommand({
      TableName: ledger.table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :certificate)',
      ProjectionExpression: 'id',
      ExpressionAttributeValues: { ':pk': siteKey(domain).pk, ':certificate': CERTIFICATE_PREFIX },
      ConsistentRead: true,
    }),
  );
  const stays = new Set(certificates.map(({ id }) => id));
  const gone = Items.map(({ id }) => String(id)).filter((id) => !stays.has(id));
  const TableName = ledger.table;
  await Promise.all([
    ...certificates.map((item) => ledger.documents.send(new PutCommand({ TableName, Item: listedAs(item) }))),
    ...gone.map((id) => ledger.documents.send(new DeleteCommand({ TableName, Key: keyOf(id) }))),
  ]);
}

/** A page of all certificates, what ends first first. */
export function listCertificateItems(
  ledger: Ledger,
  page: { limit: number; after?: string | undefined; tenant?: string | undefined },
): Promise<{ items: CertificateItem[]; next?: string }> {
  const keyOfSort = (sort: string) => keyOf(sort.slice(sort.indexOf('#') + 1));
  return listByTime(ledger, { partition: CERTIFICATES_INDEX.partition, keyOf: keyOfSort, ...page });
}

/** All certificates of all sites. */
export async function* everyCertificateItem(ledger: Ledger): AsyncGenerator<CertificateItem> {
  let after: string | undefined;
  do {
    const { items, next } = await listCertificateItems(ledger, { limit: 1_000, after });
    yield* items;
    after = next;
  } while (after !== undefined);
}

const listedAs = (item: CertificateItem) => ({
  ...keyOf(item.id),
  gsi1pk: CERTIFICATES_INDEX.partition,
  gsi1sk: `${item.validTo}#${item.id}`,
  ...item,
});

function keyOf(id: string): { pk: string; sk: string } {
  const { domain, hash } = readId(id) ?? { domain: '', hash: '' };
  return certificateKey(domain, hash);
}
