import * as z from 'zod/mini';

/** What can be asked of the instance that was created for a site. The OpenAPI document is made from it. */
export const serverAction = z.strictObject({
  action: z
    .enum(['stop', 'start', 'remove'])
    .check(
      z.describe(
        '"stop": its disk stays and is billed, and viewers get what the site shows while it is down. "start": again. "remove": terminates one that no document of the site uses any more, with its disk',
      ),
    ),
});

export type ServerAction = z.output<typeof serverAction>['action'];
