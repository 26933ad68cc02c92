import * as z from 'zod/mini';
import { listed } from '../listed.ts';
import { KEEPABLE } from '../removal/keepable.ts';
import { approval } from './undoing.ts';

/** What may be sent with a DELETE of a site. The OpenAPI document is made from it. */
export const leaving = z.strictObject({
  approve: z.exactOptional(approval),
  deleteZone: z.exactOptional(
    z
      .boolean()
      .check(
        z.describe(
          'Whether the hosted zone that was made for the site is deleted too, once it is empty and its parent zone does not delegate to it; left out: it stays',
        ),
      ),
  ),
  keep: z.exactOptional(
    z
      .array(z.string())
      .check(
        z.maxLength(100),
        z.describe(
          `What stays as it is, with all that it needs to serve, and bears no tag or marker of ours afterwards: ids of resources, or types: ${listed(KEEPABLE)}. "record" keeps the whole site standing`,
        ),
      ),
  ),
});

export type Leaving = z.output<typeof leaving>;
