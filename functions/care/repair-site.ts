import type { Context } from 'aws-lambda';
import { classify } from '../../aws/classify.ts';
import type { Resolver } from '../../aws/dns/resolver.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import type { RepairOrder } from '../../domain/care/repair.ts';
import { isLive } from '../../domain/sites/life/states.ts';
import { Refusal } from '../shared/api/refusal.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';
import { type AskSurvey, askSurvey } from '../shared/plans/ask-survey.ts';
import { declare, impatientResolver } from '../shared/sites/declare.ts';
import { readSwitch } from '../shared/sites/kill-switch.ts';

/**
 * Puts back what others have changed of a live site: declares it again as it is, by the same door and with the same checks as a request,
 * where that does nothing but what the order allows. What is refused stays as it is: its alert says what a person can do.
 */
export const repairSite = (newResolver: () => Resolver, survey: AskSurvey = askSurvey) =>
  loggingHandler<RepairOrder, void>().handler(async ({ domain, kinds: repairs }, context: Context) => {
    logger.appendKeys({ domain });
    const now = new Date();
    const environment = readEnvironment();
    const ledger = openLedger(environment);
    try {
      const record = await readSite(ledger, domain);
      if (!record || !isLive(record.item)) return;
      const stopped = await readSwitch(environment, now);
      if (stopped !== undefined) return void logger.warn(stopped);
      const begun = await declare(ledger, record.item.site, {
        record,
        repairs,
        key: undefined,
        by: undefined,
        request: context.awsRequestId,
        newResolver,
        survey,
        now,
      });
      logger.info(begun ? 'A repair begins' : 'There is nothing that may be put back', { repairs });
    } catch (error) {
      if (error instanceof Refusal) return void logger.warn('Cannot repair the site', { problem: error.problem });
      throw classify(error) ?? error;
    }
  });

export const handler = repairSite(impatientResolver);
