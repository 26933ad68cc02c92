import { leadsToSite } from '../../domain/entries/entry.ts';
import { Failure } from '../../domain/errors.ts';
import { outputIfDone, stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { ALIAS_SECONDS, untilForgotten } from '../../domain/records/remembered.ts';
import { originNameOf } from '../../domain/sites/cdn.ts';
import { enteredIn } from '../manual-record/entered.ts';
import type { Doing } from '../resource.ts';

/**
 * A change to another edge keeps the record of the origin name until resolvers have forgotten the records that led to the CDN: it
 * connects to that name for the viewers that they still send. An undo has waited after the records of viewers.
 *
 * @throws {Failure} "Awaited" until then
 */
export async function forgetCdn({ scope: { site, record, now } }: Pick<Doing, 'scope'>): Promise<void> {
  if (!site || !record || originNameOf(site) !== undefined) return;
  const { live, site: declared } = record.item;
  const [originName] = [live, declared].flatMap((document) => document?.cdn?.originName ?? []);
  const syncedAt = outputIfDone(record, 'AwaitSync') && stepOf(record, 'AwaitSync')?.endedAt;
  if (originName === undefined || syncedAt === undefined) return;
  const from = new Date(syncedAt);
  const ttlSeconds = ttlOf(record);
  const until = new Date(from.getTime() + ttlSeconds * 1_000);
  if (until <= now) return;
  const message = `Waiting until resolvers send no viewer to CloudFront any more, ${untilForgotten(ttlSeconds, from)}: until then it connects to "${originName}"`;
  throw new Failure('Awaited', message, { until });
}

/** Of an alias, or what a person has entered instead. */
function ttlOf(record: SiteRecord): number {
  return Math.max(
    ALIAS_SECONDS,
    ...enteredIn(record)
      .filter(leadsToSite)
      .map((entry) => entry.ttlSeconds),
  );
}
