import * as z from 'zod/mini';
import { UNDO_TARGETS } from './life/operations.ts';

/** The checksum of a list that a refusal has shown, sent by a person who has looked at it. */
export const approval = z
  .string()
  .check(
    z.regex(/^[0-9a-f]{64}$/, { error: 'Must be the checksum of what is to be approved, as the refusal has given it' }),
    z.describe(
      'Approves exactly the deletions, or the records that fall silent by a delegation, with this checksum, which a refusal has listed',
    ),
  );

/** What may be sent with an undo. The OpenAPI document is made from it. */
export const undoing = z.strictObject({
  approve: z.exactOptional(approval),
  to: z.exactOptional(
    z
      .enum(UNDO_TARGETS)
      .check(
        z.describe(
          'Back to the document that was live, or until nothing of the site is left; left out: a change that failed or was cancelled goes back to "live", everything else to "nothing"',
        ),
      ),
  ),
});
