import type { Context } from 'aws-lambda';
import { classify } from '../../aws/classify.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';
import { planRemoval } from '../shared/removal/plan-removal.ts';
import { readRemoval } from '../shared/removal/read-removal.ts';
import type { RemovalAnswer, RemovalRequest } from '../shared/removal/removal-survey.ts';

/** How long name servers have to answer, in milliseconds: a caller waits. */
const DEADLINE_MS = 10_000;

/**
 * Looks at the account for what a removal takes away and leaves, so that the functions of the API which ask it start without the clients of AWS for
 * it. It changes nothing.
 */
export const surveyRemoval = (newResolver: () => Resolver) => {
  async function answered({ now, ...request }: RemovalRequest): Promise<RemovalAnswer> {
    logger.appendKeys({ domain: request.record.item.domain, planning: request.planning });
    try {
      return await survey({ ...request, now: new Date(now) }, newResolver);
    } catch (error) {
      const failure = classify(error);
      logger.error('Cannot look at the account', failure ?? (error as Error));
      if (!failure) throw error;
      return { failure: { name: failure.name, message: failure.message } };
    }
  }
  return loggingHandler<RemovalRequest, RemovalAnswer>().handler((request: RemovalRequest, _: Context) =>
    answered(request),
  );
};

export const handler = surveyRemoval(() => new Resolver({ deadlineMs: DEADLINE_MS }));

async function survey(
  { record, planning, ...asked }: Omit<RemovalRequest, 'now'> & { now: Date },
  newResolver: () => Resolver,
): Promise<RemovalAnswer> {
  const ledger = openLedger(readEnvironment());
  if (planning) return { plan: await planRemoval(record, { ledger, dns: newResolver(), ...asked }) };
  const { obstacles, inZones } = await readRemoval(record, { ledger, ...asked });
  return { survey: { obstacles, ...(inZones && { inZones }) } };
}
