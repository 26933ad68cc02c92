import * as z from 'zod/mini';
import { WAYS_BACK } from './way-back.ts';

/** The checksum of a list of deletions that a refusal has shown, sent by whoever has looked at it. */
export const approval = z
  .string()
  .check(
    z.regex(/^[0-9a-f]{64}$/, { error: 'Must be the checksum of the deletions, as the refusal has given it' }),
    z.describe('Approves exactly the deletions with this checksum, which a refusal has listed'),
  );

/** What may be sent with an undo. The OpenAPI document is made from it. */
export const undoing = z.strictObject({
  approve: z.exactOptional(approval),
  to: z.exactOptional(
    z
      .enum(WAYS_BACK)
      .check(
        z.describe(
          'Back to the document that was live, or until nothing of the site is left; left out: a change that failed or was cancelled goes back to "live", everything else to "nothing"',
        ),
      ),
  ),
});
