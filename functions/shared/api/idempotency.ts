import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { readEnvironment } from '../../../aws/environment.ts';
import { fits } from '../../../aws/ledger/item-size.ts';
import { type Ledger, openLedger } from '../../../aws/ledger/ledger.ts';
import { answerRequest, freeRequest, takeRequest } from '../../../aws/ledger/requests.ts';
import { quoted } from '../../../domain/names/name-problem.ts';
import { logger } from '../logging/logger.ts';
import { type Answer, Refusal, type RequestContext } from './api.ts';
import { callerOf, withoutSession } from './caller.ts';
import { within } from './time-limit.ts';

/** How soon a second request with the key of the first may ask again. */
const RETRY_AFTER_SECONDS = 2;

/** Before Lambda ends the function: to free the key of a request that takes too long. */
const MARGIN_MS = 5_000;

interface Asked extends Omit<RequestContext, 'by'> {
  event: APIGatewayProxyEventV2;
  body: string;
}

/**
 * Answers a request once for its Idempotency-Key: the same key and body again get the same answer, and nothing is done.
 * A request without a key is simply answered. Refusals are not kept: who mends the cause may use the key again. Nor is
 * what takes too long: `answer` gets a ledger that refuses it from then on, so that a function that Lambda thaws for
 * another request begins nothing.
 */
export async function once(
  { event, body, now, remaining }: Asked,
  answer: (key: string | undefined, ledger: Ledger) => Promise<Answer>,
): Promise<Answer> {
  const ledger = openLedger(readEnvironment());
  const gone = new AbortController();
  const inTime = (key: string | undefined): Promise<Answer> =>
    within(remaining() - MARGIN_MS, answer(key, until(gone.signal, ledger))).finally(() => gone.abort());
  const key = keyOf(event);
  if (key === undefined) return inTime(undefined);
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
    const answered = await inTime(key);
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

/** The ledger for as long as the request is being answered. */
function until(gone: AbortSignal, ledger: Ledger): Ledger {
  const { documents } = ledger;
  const send = (async (command: never) => {
    gone.throwIfAborted();
    return documents.send(command);
  }) as Ledger['documents']['send'];
  return { ...ledger, documents: { send } };
}

/** The caller's own key: one caller's never meets another's. Hashed, because it may be anything. */
function keyOf(event: APIGatewayProxyEventV2): string | undefined {
  const given = event.headers['idempotency-key'];
  if (given === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(given)) {
    const detail = `Cannot use ${quoted(given)} as Idempotency-Key: give 1 to 255 visible ASCII characters, such as a UUID`;
    throw new Refusal('invalid-parameter', detail);
  }
  return hash(`${withoutSession(callerOf(event) ?? '')}\n${given}`);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
