import * as z from 'zod/mini';

const shownServer = { port: z.int(), healthPath: z.string() };

/** An origin as the API answers with it. */
export const shownOrigin = z.union([
  z.object({ instance: z.object({ id: z.string(), port: z.int(), healthPath: z.string() }) }),
  z.object({
    loadBalancer: z.string(),
    healthPath: z.string(),
    hostRule: z.exactOptional(z.object({ targetGroup: z.string(), priority: z.exactOptional(z.int()) })),
  }),
  z.object({
    server: z.union([
      z.object({ address: z.string(), ...shownServer }),
      z.object({ name: z.string(), ...shownServer }),
    ]),
  }),
]);
