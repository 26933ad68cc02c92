import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { PlanItem } from '../../domain/ledger/plan-item.ts';
import { planKey, withoutKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** Keeps a plan until it expires. */
export async function writePlan(ledger: Ledger, plan: PlanItem): Promise<void> {
  await ledger.documents.send(new PutCommand({ TableName: ledger.table, Item: { ...planKey(plan.id), ...plan } }));
}

/** A plan that can still be applied: DynamoDB removes what has expired hours late, and one without phases is of a version before. */
export async function readPlan(ledger: Ledger, id: string, now: Date): Promise<PlanItem | undefined> {
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: planKey(id), ConsistentRead: true }),
  );
  const plan = Item && withoutKeys<PlanItem>(Item);
  const applies = plan && plan.expiresAt > now.getTime() / 1000 && plan.changes.every(({ phase }) => phase);
  return applies ? plan : undefined;
}
