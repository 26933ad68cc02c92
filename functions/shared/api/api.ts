import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { classify } from '../../../aws/classify.ts';
import type { FailureName } from '../../../domain/errors.ts';
import { problem } from '../../../domain/problems/problem.ts';
import { logger } from '../logging/logger.ts';
import { loggingHandler } from '../logging/logging-handler.ts';
import { answerText } from './answer-text.ts';
import { callerOf } from './caller.ts';
import { OF_A_SITE, refuseUnknownParameters } from './known-parameters.ts';
import { Refusal } from './refusal.ts';
import { within } from './time-limit.ts';

export { Refusal } from './refusal.ts';

/** What the same request may not meet in a moment. */
const TRANSIENT: ReadonlySet<FailureName> = new Set<FailureName>(['Throttled', 'Denied', 'NotReady']);

/** An answer of the API, before it is written as JSON. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: object;
}

/** How soon a caller may try again when AWS is busy. */
const RETRY_AFTER_SECONDS = 5;

/** A function's answer has 6 MB at most, and the body is JSON within JSON there, every quote escaped. */
const MAX_BODY_BYTES = 4_000_000;

/** Before Lambda, and with it API Gateway, ends the request: to write the answer, and for a cold start before it. */
const MARGIN_MS = 3_000;

/** What a body works with beside the request. */
export interface RequestContext {
  now: Date;
  /** The ARN of the principal that signed the request; undefined where the API asks for no signature. */
  by: string | undefined;
  /** Milliseconds until Lambda ends the function. */
  remaining: () => number;
}

/**
 * A function behind the HTTP API. The body answers or throws a `Refusal`; what else goes wrong is told as a problem
 * that names the request and nothing of our insides, and logged. `query` has the query parameters that the route knows.
 */
export function api(
  body: (event: APIGatewayProxyEventV2, context: RequestContext) => Promise<Answer>,
  { query = OF_A_SITE }: { query?: readonly string[] } = {},
): (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2> {
  async function answered(event: APIGatewayProxyEventV2, context: Context): Promise<APIGatewayProxyStructuredResultV2> {
    const by = callerOf(event);
    logger.appendKeys({ route: event.routeKey, caller: by, apiRequestId: event.requestContext.requestId });
    logger.info('Request');
    try {
      refuseUnknownParameters(event.queryStringParameters, query);
      const remaining = () => context.getRemainingTimeInMillis();
      return written(await within(remaining() - MARGIN_MS, body(event, { now: new Date(), by, remaining })));
    } catch (error) {
      const refusal = refusalOf(error, context.awsRequestId);
      return written({ status: refusal.problem.status, headers: refusal.headers, body: refusal.problem });
    }
  }
  return loggingHandler<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>().handler(answered);
}

function refusalOf(error: unknown, requestId: string): Refusal {
  if (error instanceof Refusal) {
    logger.info(error.message, { problem: error.problem.type });
    return error;
  }
  const failure = classify(error);
  logger.error('Cannot answer the request', failure ?? (error as Error));
  if (failure && TRANSIENT.has(failure.name)) {
    return new Refusal('busy', `${failure.message}; try again in a few seconds`, {
      headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
    });
  }
  // Denied and out of quota are for whoever runs the stack, and AWS's sentence is the one that helps.
  return new Refusal(
    'internal',
    failure?.message ?? `Cannot answer the request: see the log of request "${requestId}"`,
  );
}

/** JSON, never kept by a cache: a problem document when the status says so. The one door that text leaves by. */
function written({ status, headers, body }: Answer): APIGatewayProxyStructuredResultV2 {
  const text = answerText(body);
  if (Buffer.byteLength(text) > MAX_BODY_BYTES) {
    const detail =
      'Cannot show all of it in one answer: it has more than 4 MB; ask for less with "limit", or for fewer names';
    return written({ status: 500, body: problem('internal', detail) });
  }
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  return {
    statusCode: status,
    headers: { 'content-type': type, 'cache-control': 'no-store', ...headers },
    body: text,
  };
}

/** Where a site can be watched. */
export function locationOf(domain: string): string {
  return `/v1/sites/${domain}`;
}
