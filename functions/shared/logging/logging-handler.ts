import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { logger } from './logger.ts';

/**
 * A handler whose log lines bear its request. When its time is over Lambda ends it ("Sandbox.Timedout"), which workflows try again; middy
 * would answer just before with an error of its own, and what still runs would go on beside the next request.
 */
export const loggingHandler = <Event, Result>() =>
  middy<Event, Result>({ timeoutEarlyInMillis: 0 }).use(
    injectLambdaContext(logger, { resetKeys: true, logEvent: false }),
  );
