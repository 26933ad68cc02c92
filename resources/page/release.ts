import { S3Client } from '@aws-sdk/client-s3';
import { client } from '../../aws/clients.ts';
import { deletePage } from '../../aws/pages/delete-page.ts';
import { pageKey } from '../../domain/pages/page-path.ts';
import type { Applying } from '../resource.ts';
import { bucketOf } from './bucket-of.ts';
import type { DesiredPage, SeenPages } from './changes.ts';
import { standingPages } from './standing.ts';

/** Deletes the page of a site that has no failover any more, once no distribution shows it. */
export const removePage: Applying<DesiredPage, SeenPages> = {
  standing: standingPages,

  async apply(_, { page: __, ...actual }, { scope: { owner }, environment }) {
    await deletePage(client(S3Client), { bucket: bucketOf(environment), key: pageKey(owner.domain) });
    return { actual, message: 'Deleted the page that viewers got while the site was down' };
  },
};
