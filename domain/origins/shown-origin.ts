import * as z from 'zod/mini';
import { WEB_SERVERS } from './new-instance.ts';
import type { DeclaredOrigin } from './origin.ts';

/** What the API answers with of an origin: no user data, and nothing that was filled in but where it is. */
export function originShown(origin: DeclaredOrigin): z.infer<typeof shownOrigin> {
  if (!('newInstance' in origin)) return origin;
  const { userData: _, id: __, ...newInstance } = origin.newInstance;
  return { newInstance };
}

const shownServer = { port: z.int(), healthPath: z.string() };

/** An origin as the API answers with it. */
export const shownOrigin = z.union([
  z.object({ instance: z.object({ id: z.string(), port: z.int(), healthPath: z.string() }) }),
  z.object({
    newInstance: z.object({
      type: z.string(),
      image: z.enum(['al2023']),
      diskGiB: z.int(),
      key: z.exactOptional(z.string()),
      server: z.exactOptional(z.enum(WEB_SERVERS)),
      sshFrom: z.exactOptional(z.array(z.string())),
      elasticIp: z.exactOptional(z.boolean()),
      tags: z.exactOptional(z.record(z.string(), z.string())),
      subnet: z.exactOptional(z.string()),
      port: z.int(),
      healthPath: z.string(),
    }),
  }),
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
