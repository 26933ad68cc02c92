import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { client } from '../../aws/clients.ts';
import { readEnvironment, readProveFunction } from '../../aws/environment.ts';
import { invokeEach } from '../../aws/functions/invoke-each.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { sitesWithPage } from '../../aws/ledger/sites-with-page.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';

/** Calls that are handed over at once: ten thousand take some ten seconds. */
const AT_ONCE = 20;

/** What the last call may take. */
const NEEDED_MS = 3_000;

/** Every hour: has the page of every site looked at, each by a function of its own. */
export const handler = loggingHandler<unknown, void>().handler(async (_, context: Context) => {
  const ledger = openLedger(readEnvironment());
  const events: object[] = [];
  for await (const domain of sitesWithPage(ledger)) events.push({ domain });
  const { failures, left } = await invokeEach(client(LambdaClient), events, {
    name: readProveFunction(),
    atOnce: AT_ONCE,
    isAwaited: false,
    remaining: () => context.getRemainingTimeInMillis() - NEEDED_MS,
  });
  for (const { event, error } of failures) logger.error('Cannot have the page looked at', { event, error });
  if (left.length > 0) logger.error('No time was left for pages', { left: left.length });
});
