import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { fits } from '../../../aws/ledger/item-size.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { answerRequest, freeRequest, takeRequest } from '../../../aws/ledger/requests.ts';
import { quoted } from '../../../domain/names/name-problem.ts';
import { logger } from '../logging/logger.ts';
import { type Answer, Refusal } from './api.ts';

/** How soon a second request with the key of the first may ask again. */
const RETRY_AFTER_SECONDS = 2;

/**
 * Answers a request once for its Idempotency-Key: the same key and body again get the same answer, and nothing is done.
 * A request without a key is simply answered. Refusals are not kept: who mends the cause may use the key again.
 */
export async function once(
  { ledger, event, body, now }: { ledger: Ledger; event: APIGatewayProxyEventV2; body: string; now: Date },
  answer: (key: string | undefined) => Promise<Answer>,
): Promise<Answer> {
  const key = keyOf(event);
  if (key === undefined) return answer(undefined);
  const bodyHash = hash(body);
  const earlier = await takeRequest(ledger, { key, bodyHash, request: event.requestContext.requestId }, now);
  if (earlier) {
    if (earlier.bodyHash !== bodyHash) {
      const detail =
        'Cannot use this Idempotency-Key: it came with another body before; use a new one for a new request';
      throw new Refusal('key-reused', detail);
    }
    if (earlier.answer) return earlier.answer as Answer;
    const detail = 'The request with this Idempotency-Key is being answered; ask again in a few seconds';
    throw new Refusal('request-running', detail, { headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } });
  }
  try {
    const answered = await answer(key);
    await answerRequest(ledger, { key, answer: kept(answered) }, now);
    return answered;
  } catch (error) {
    await freeRequest(ledger, key, now).catch((alsoWrong: Error) => logger.error('Cannot free the key', alsoWrong));
    throw error;
  }
}

/** The answer as it is given again: without what a site did, where the ledger can't hold that beside the rest. */
function kept(answer: Answer): Answer {
  return fits(answer) ? answer : { ...answer, body: { ...answer.body, steps: [], timeline: [] } };
}

/** The caller's own key: one caller's never meets another's. Hashed, because it may be anything. */
function keyOf(event: APIGatewayProxyEventV2): string | undefined {
  const given = event.headers['idempotency-key'];
  if (given === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(given)) {
    const detail = `Cannot use ${quoted(given)} as Idempotency-Key: give 1 to 255 visible ASCII characters, such as a UUID`;
    throw new Refusal('invalid-parameter', detail);
  }
  return hash(`${callerOf(event)}\n${given}`);
}

/** Who signed the request; a role's sessions are one caller. Empty where nobody has to sign. */
function callerOf(event: APIGatewayProxyEventV2): string {
  const { authorizer } = event.requestContext as { authorizer?: { iam?: { userArn?: string } } };
  return (authorizer?.iam?.userArn ?? '').replace(/(:assumed-role\/[^/]+)\/.*$/, '$1');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
