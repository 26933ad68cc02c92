import { Resolver } from '../../aws/dns/resolver.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { readLook } from '../../aws/ledger/looks.ts';
import { readMaintenance } from '../../aws/ledger/maintenance.ts';
import { isTimelinePlace, NEWEST } from '../../aws/ledger/read-timeline.ts';
import { lastProbes } from '../../domain/care/last-probes.ts';
import { startOverdue } from '../../domain/sites/life/start-overdue.ts';
import { isDeclared } from '../../domain/sites/life/states.ts';
import { entriesOf, lookAtEntries } from '../../resources/manual-record/manual-records.ts';
import { entriesToRemove, lookAtLeaving } from '../../resources/manual-record/records-to-remove.ts';
import { api } from '../shared/api/api.ts';
import { OF_A_PAGE } from '../shared/api/known-parameters.ts';
import { limitIn, nextIn } from '../shared/api/page-query.ts';
import { siteOf } from '../shared/api/site-of.ts';
import { failoverOf } from '../shared/maintenance/failover-view.ts';
import { viewOf } from '../shared/sites/site-view.ts';

/**
 * `GET /v1/sites/{domain}`: the site, its steps and the newest entries of its timeline (`limit` 1 to 200, default 100;
 * `next` from the page before leads to older ones). Takes the domain in any spelling. Records that a person enters are shown as their zone's name servers have them now: whoever has just mended one needn't wait for a step to look.
 */
export const showSite = (newResolver: () => Resolver) =>
  api(
    async (event, { now }) => {
      const environment = readEnvironment();
      const { queryStringParameters: query } = event;
      const timeline = {
        limit: limitIn(query, { byDefault: NEWEST.limit, most: 200 }),
        next: nextIn(query, isTimelinePlace),
      };
      const ledger = openLedger(environment);
      const record = await siteOf(event, ledger, { timeline });
      const [records, toRemove] = await Promise.all([
        lookAtEntries(newResolver(), entriesOf(record, environment), { site: record.item.site }),
        lookAtLeaving(newResolver(), entriesToRemove(record, environment)),
      ]);
      const [maintenance, look] = await Promise.all([
        readMaintenance(ledger, record.item),
        readLook(ledger, record.item),
      ]);
      const probes = isDeclared(record.item) ? lastProbes(record, look) : [];
      const failover = failoverOf(record, maintenance, now);
      const overdue = startOverdue(record.item, { steps: record.steps, now });
      const body = {
        ...viewOf(record),
        ...(failover && { failover }),
        ...(probes.length > 0 && { probes }),
        ...(overdue && { waiting: [overdue] }),
        ...(records.length > 0 && { records }),
        ...(toRemove.length > 0 && { recordsToRemove: toRemove }),
      };
      return { status: 200, body };
    },
    { query: OF_A_PAGE },
  );

/** How long the name servers have to answer: the caller waits. */
const DEADLINE_MS = 10_000;

export const handler = showSite(() => new Resolver({ deadlineMs: DEADLINE_MS }));
