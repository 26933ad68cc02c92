import * as z from 'zod/mini';

/** What may be sent with a cancellation. The OpenAPI document is made from it. */
export const cancellation = z.strictObject({
  // biome-ignore lint/suspicious/noThenProperty: the field's value is a word, never a function
  then: z
    ._default(z.enum(['hold', 'undo']), 'hold')
    .check(z.describe('Whether the site is held where it stands, or what was made is taken back')),
});
