import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { requestKey, withoutKeys } from './keys.ts';
import { type Ledger, written } from './ledger.ts';

/** One request that carried an Idempotency-Key: `pk` "REQUEST#key", `sk` "REQUEST". */
export interface RequestItem {
  key: string;
  /** SHA-256 of the body, in hex: the same key with another body is another request. */
  bodyHash: string;
  /** The id of the one request that took the key: it knows its own write again when the answer to it was lost. */
  request: string;
  startedAt: string;
  /** Absent while the request is being answered. */
  answer?: { status: number; headers?: Record<string, string>; body: object };
  /** Seconds since 1970, when the key may be used anew. */
  expiresAt: number;
}

/** How long an Idempotency-Key gives the same answer. */
const KEPT_SECONDS = 24 * 60 * 60;

/** After this a request without an answer has died: longer than any function lives. */
const ANSWERED_WITHIN_SECONDS = 60;

/**
 * Takes an Idempotency-Key for one request. Undefined when it is taken now; otherwise the request that has it, answered
 * or not. A key is free again after a day, or when the request that took it died without an answer.
 */
export async function takeRequest(
  ledger: Ledger,
  { key, bodyHash, request }: Pick<RequestItem, 'key' | 'bodyHash' | 'request'>,
  now: Date,
): Promise<RequestItem | undefined> {
  // Looked at first: a repeated request writes nothing, not even a refused write.
  const standing = await readRequest(ledger, key);
  const seconds = Math.floor(now.getTime() / 1000);
  const item: RequestItem = { key, bodyHash, request, startedAt: now.toISOString(), expiresAt: seconds + KEPT_SECONDS };
  const dead = new Date(now.getTime() - ANSWERED_WITHIN_SECONDS * 1000).toISOString();
  const free =
    !standing || standing.expiresAt <= seconds || (standing.answer === undefined && standing.startedAt <= dead);
  if (!free) return standing;
  const taken = await written(
    ledger.documents.send(
      new PutCommand({
        TableName: ledger.table,
        Item: { ...requestKey(key), ...item },
        // DynamoDB removes what has expired hours late.
        ConditionExpression:
          'attribute_not_exists(pk) OR expiresAt <= :now OR (attribute_not_exists(answer) AND startedAt <= :dead)',
        ExpressionAttributeValues: { ':now': seconds, ':dead': dead },
      }),
    ),
  );
  if (taken) return undefined;
  const holder = await readRequest(ledger, key);
  // Given back between the two calls: free after all.
  if (!holder) return takeRequest(ledger, { key, bodyHash, request }, now);
  return holder.request === request ? undefined : holder;
}

async function readRequest(ledger: Ledger, key: string): Promise<RequestItem | undefined> {
  const { Item } = await ledger.documents.send(
    new GetCommand({ TableName: ledger.table, Key: requestKey(key), ConsistentRead: true }),
  );
  return Item && withoutKeys<RequestItem>(Item);
}

/** Keeps the answer for a repeated request; `takenAt` is the instant it was taken with. */
export async function answerRequest(
  ledger: Ledger,
  { key, answer }: Required<Pick<RequestItem, 'key' | 'answer'>>,
  takenAt: Date,
): Promise<void> {
  await written(
    ledger.documents.send(
      new UpdateCommand({
        TableName: ledger.table,
        Key: requestKey(key),
        UpdateExpression: 'SET answer = :answer',
        ConditionExpression: 'startedAt = :takenAt',
        ExpressionAttributeValues: { ':answer': answer, ':takenAt': takenAt.toISOString() },
      }),
    ),
  );
}

/** Frees the key of a request that made nothing, so that it may be tried again. */
export async function freeRequest(ledger: Ledger, key: string, takenAt: Date): Promise<void> {
  await written(
    ledger.documents.send(
      new DeleteCommand({
        TableName: ledger.table,
        Key: requestKey(key),
        ConditionExpression: 'startedAt = :takenAt',
        ExpressionAttributeValues: { ':takenAt': takenAt.toISOString() },
      }),
    ),
  );
}
