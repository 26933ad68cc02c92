import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { PlaceOfPage } from './read-page.ts';

/** Deletes a page; one that is not there is deleted as well. */
export async function deletePage(s3: S3Client, { bucket, key }: PlaceOfPage): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}
