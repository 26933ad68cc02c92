import { ACMClient } from '@aws-sdk/client-acm';
import type { Context, EventBridgeEvent } from 'aws-lambda';
import { readCertificateTags } from '../../aws/certificates/certificate-tags.ts';
import { classify } from '../../aws/classify.ts';
import { client } from '../../aws/clients.ts';
import type { LookOptions } from '../../aws/doctor/look.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { isCode } from '../../aws/error-code.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { type CareOrder, readOrder } from '../../domain/care/order.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import { careFor } from '../shared/care/care-for.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';

/** Before Lambda ends the function: to write what was found. The sweep waits for 25 s. */
const MARGIN_MS = 12_000;

type Called = CareOrder | EventBridgeEvent<string, { domain?: string }>;

/** Looks at one live site: called by the sweep, by ACM about a certificate of it, or by our own bus when the site is gone. */
export const careForSite = (options: LookOptions = {}) =>
  loggingHandler<Called, void>().handler(async (event, context: Context) => {
    try {
      const order = await orderIn(event);
      if (!order) return;
      logger.appendKeys({ domain: order.domain });
      const environment = readEnvironment();
      await careFor(order.domain, {
        ledger: openLedger(environment),
        environment,
        listed: readOrder(order),
        options,
        now: new Date(),
        remaining: () => context.getRemainingTimeInMillis() - MARGIN_MS,
      });
    } catch (error) {
      throw classify(error) ?? error;
    }
  });

export const handler = careForSite();

/** Undefined for a certificate that is not of a site of this stack. */
async function orderIn(event: Called): Promise<CareOrder | undefined> {
  if (!('source' in event)) return event;
  if (event.detail.domain !== undefined) return { domain: event.detail.domain };
  const [arn = ''] = event.resources;
  const { stackName: stack } = readEnvironment();
  const tags = await tagsOf(arn, event.region);
  const domain = tags['nameplate:site'];
  return domain !== undefined && isOwnedBy({ domain, stack }, tags) ? { domain } : undefined;
}

async function tagsOf(arn: string, region: string): Promise<Record<string, string>> {
  try {
    return await readCertificateTags(client(ACMClient, { region }), arn);
  } catch (error) {
    if (isCode(error, 'ResourceNotFound')) return {};
    throw error;
  }
}
