import { needsResource } from '../../domain/edges/edge.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { maintenanceMessage } from '../../domain/pages/maintenance-message.ts';
import { pageKey } from '../../domain/pages/page-path.ts';
import { pageVersion } from '../../domain/pages/page-version.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import { type DesiredPage, pageChanges, pageHandles, type SeenPages, TYPE } from './changes.ts';

/** The page that viewers get while the site is down: an object in the bucket of the stack, which distributions alone read. */
export const page: Resource<DesiredPage, SeenPages, StepOutputs['WritePage']> = {
  type: TYPE,
  desired: ({ site, record }) =>
    site?.failover && needsResource(site, TYPE)
      ? [
          {
            version: pageVersion(site.failover.page, {
              domain: site.domain,
              message: maintenanceMessage(record?.item),
            }),
          },
        ]
      : [],
  read: readPages,
  changes: pageChanges,
  handles: pageHandles,
};

/**
 * The bucket itself is asked by the function that writes the page. A plan goes by the ledger: nobody else writes there, and S3's client
 * is no part of every function that plans.
 */
async function readPages(look: Look, scope: Scope): Promise<SeenPages> {
  const { pages, region } = look.environment;
  const place = pages && { place: { ...pages, region } };
  const known = scope.record && madeOf(scope.record, TYPE)[0];
  // S3 is not asked for a site that never had a page.
  const isAsked = known !== undefined || page.desired(scope).length > 0;
  const found =
    look.readPage && isAsked
      ? await look.readPage(look, pageKey(scope.owner.domain))
      : known && { version: known.version };
  return { ...place, ...(found && { page: found }) };
}
