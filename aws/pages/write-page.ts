import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { VERSION_KEY } from '../../domain/pages/page-version.ts';
import type { PlaceOfPage } from './read-page.ts';

/** Writes a page over what is there. Nothing may keep it: the next request may meet the site itself. */
export async function writePage(
  s3: S3Client,
  { bucket, key, html, version }: PlaceOfPage & { html: string; version: string },
): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: html,
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'no-store',
      Metadata: { [VERSION_KEY]: version },
    }),
  );
}
