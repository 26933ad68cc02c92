import { createHash } from 'node:crypto';
import { canonicalJson } from '../changes/checksum.ts';
import type { FailoverPage } from '../sites/failover.ts';
import { DESIGN } from './design.ts';

/** The metadata of the object with a page, and so a header of every answer with it: "x-amz-meta-nameplate-version". */
export const VERSION_KEY = 'nameplate-version';

/**
 * What tells one page from another without making either: the words, and the design that they are shown in. 16 hexadecimal digits, which
 * the object bears.
 */
export function pageVersion(page: FailoverPage, showing: { domain: string; message?: string | undefined }): string {
  const said = page.html === undefined ? [DESIGN, page, showing] : [page.html];
  return createHash('sha256').update(canonicalJson(said)).digest('hex').slice(0, 16);
}
