import * as z from 'zod/mini';
import { CHECK_INTERVALS } from './failover.ts';

/** The failover of a site, as the API answers with it. */
export const shownFailover = z.object({
  originName: z.exactOptional(z.string()),
  check: z.exactOptional(
    z.object({ path: z.string(), intervalSeconds: z.literal(CHECK_INTERVALS), failures: z.int() }),
  ),
  page: z.object({
    title: z.string(),
    message: z.string(),
    contact: z.exactOptional(z.string()),
    language: z.string(),
    html: z.exactOptional(z.string()),
  }),
  alarm: z.exactOptional(z.string()),
  bypass: z.exactOptional(z.object({ addresses: z.array(z.string()) })),
});
