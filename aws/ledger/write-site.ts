import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { isDeclared } from '../../domain/sites/life/states.ts';
import { SITES_INDEX, siteKey } from './keys.ts';
import { type Ledger, written } from './ledger.ts';

/**
 * Writes a site in place of the one that was read: `over` is what stands there, undefined for a new site. False when
 * something else stands there by now, and nothing is written then. A site that was undone is no longer listed.
 */
export function writeSite(ledger: Ledger, item: SiteItem, { over }: { over: SiteItem | undefined }): Promise<boolean> {
  const unchanged = over && {
    ConditionExpression: 'revision = :revision AND #state = :state AND updatedAt = :updatedAt',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':revision': over.revision, ':state': over.state, ':updatedAt': over.updatedAt },
  };
  const listed = isDeclared(item) ? { gsi1pk: SITES_INDEX.partition, gsi1sk: item.domain } : {};
  return written(
    ledger.documents.send(
      new PutCommand({
        TableName: ledger.table,
        Item: { ...siteKey(item.domain), ...listed, ...item },
        ...(unchanged ?? { ConditionExpression: 'attribute_not_exists(pk)' }),
      }),
    ),
  );
}
