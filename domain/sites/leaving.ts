import * as z from 'zod/mini';
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
});

export type Leaving = z.output<typeof leaving>;
