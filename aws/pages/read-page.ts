import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { VERSION_KEY } from '../../domain/pages/page-version.ts';
import { isCode } from '../error-code.ts';

export interface PlaceOfPage {
  bucket: string;
  key: string;
}

/** The page that is there; undefined where there is none. */
export async function readPage(
  s3: S3Client,
  { bucket, key }: PlaceOfPage,
): Promise<{ version: string | undefined } | undefined> {
  try {
    const { Metadata } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return { version: Metadata?.[VERSION_KEY] };
  } catch (error) {
    // An answer to HEAD has no body that could name another code.
    if (isCode(error, 'NotFound', 'NoSuchKey')) return undefined;
    throw error;
  }
}
