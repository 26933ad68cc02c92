import { S3Client } from '@aws-sdk/client-s3';
import { readPage as readObject } from '../../aws/pages/read-page.ts';
import type { Look } from '../resource.ts';
import { bucketOf } from './bucket-of.ts';

/** Reads the page of a site from the bucket; undefined where there is none. */
export async function readPage(
  { clients, environment }: Pick<Look, 'clients' | 'environment'>,
  key: string,
): Promise<{ version: string | undefined } | undefined> {
  return readObject(clients(S3Client), { bucket: bucketOf(environment), key });
}
