import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { StepItem } from '../../domain/ledger/step-item.ts';
import { checkSize } from './item-size.ts';
import { stepKey } from './keys.ts';
import { type Ledger, written } from './ledger.ts';

/**
 * Writes how a step stands. False when a later revision of the site has already written the same step: whoever asked
 * is stale and must stop.
 *
 * @throws {Failure} "Refused" when it is too large for the ledger
 */
export async function writeStep(ledger: Ledger, domain: string, step: StepItem): Promise<boolean> {
  checkSize(step, `what "${step.name}" made or found for "${domain}"`);
  return written(
    ledger.documents.send(
      new PutCommand({
        TableName: ledger.table,
        Item: { ...stepKey(domain, step.name), ...step },
        ConditionExpression: 'attribute_not_exists(pk) OR revision <= :revision',
        ExpressionAttributeValues: { ':revision': step.revision },
      }),
    ),
  );
}
