import type { Environment } from '../../aws/environment.ts';

/** @throws {Error} in a function that is not told where the pages are */
export function bucketOf({ pages }: Pick<Environment, 'pages'>): string {
  if (!pages) throw new Error('Cannot reach the pages of sites: this function is not told their bucket');
  return pages.bucket;
}
