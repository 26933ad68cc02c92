import { S3Client } from '@aws-sdk/client-s3';
import { client } from '../../aws/clients.ts';
import { writePage as writeObject } from '../../aws/pages/write-page.ts';
import { maintenanceMessage } from '../../domain/pages/maintenance-message.ts';
import { pageKey } from '../../domain/pages/page-path.ts';
import { renderPage } from '../../domain/pages/render-page.ts';
import type { Applying } from '../resource.ts';
import { siteOf } from '../scope.ts';
import { bucketOf } from './bucket-of.ts';
import type { DesiredPage, SeenPages } from './changes.ts';
import { page } from './page.ts';
import { madePage, standingPages } from './standing.ts';

/** Writes the page of the site, over the one that is there. */
export const writePage: Applying<DesiredPage, SeenPages> = {
  standing: standingPages,

  async apply({ verb }, actual, { scope, environment, keep }) {
    const { domain, failover } = siteOf(scope);
    const [desired] = page.desired(scope);
    if (!desired || !failover) throw new Error(`Cannot write a page for "${domain}": the site needs none`);
    // Before it is written: one whose answer is lost is deleted with the site all the same.
    await keep(madePage(domain, desired));
    await writeObject(client(S3Client), {
      bucket: bucketOf(environment),
      key: pageKey(domain),
      html: renderPage(failover.page, { domain, message: maintenanceMessage(scope.record?.item) }),
      version: desired.version,
    });
    const message = `${verb === 'create' ? 'Wrote the page' : 'Wrote the page anew'} that viewers get while the site is down`;
    return { actual: { ...actual, page: desired }, message };
  },
};
