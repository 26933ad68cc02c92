import * as z from 'zod/mini';
import { CACHING, MINIMUM_TLS, ORIGIN_CERTIFICATES } from './cdn.ts';

/** How CloudFront is set, as the API answers with it. */
export const shownCdn = z.object({
  originName: z.string(),
  host: z.enum(['viewer', 'origin']),
  caching: z.enum(CACHING),
  minimumTls: z.enum(MINIMUM_TLS),
  lock: z.boolean(),
  secretGeneration: z.exactOptional(z.int()),
  originCertificate: z.exactOptional(z.enum(ORIGIN_CERTIFICATES)),
});
