import { S3Client } from '@aws-sdk/client-s3';
import { client } from '../../../aws/clients.ts';
import type { Environment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writePage } from '../../../aws/pages/write-page.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { currentPage } from '../../../domain/pages/current-page.ts';
import { maintenanceMessage } from '../../../domain/pages/maintenance-message.ts';
import { pageKey } from '../../../domain/pages/page-path.ts';
import { pageVersion } from '../../../domain/pages/page-version.ts';
import { bucketOf } from '../../../resources/page/bucket-of.ts';
import { readSwitch } from '../sites/kill-switch.ts';

/**
 * Writes the page of a live site anew, over what another tool has left in its place; tells whether it did. Not while all changes are
 * stopped, nor over what an operation writes that has begun since the site was read.
 */
export async function restorePage(
  { domain, site, revision, state, ...standing }: SiteItem,
  { environment, ledger, now }: { environment: Environment; ledger: Ledger; now: Date },
): Promise<boolean> {
  if ((await readSwitch(environment, now)) !== undefined) return false;
  const latest = await readSiteItem(ledger, domain);
  const html = latest && currentPage(latest);
  if (html === undefined || latest?.revision !== revision || latest.state !== state || !site.failover) return false;
  await writePage(client(S3Client), {
    bucket: bucketOf(environment),
    key: pageKey(domain),
    html,
    version: pageVersion(site.failover.page, { domain, message: maintenanceMessage(standing) }),
  });
  return true;
}
