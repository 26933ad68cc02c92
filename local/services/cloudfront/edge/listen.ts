import type { Connection } from '../../../internet/internet.ts';
import type { CloudFront } from '../cloudfront.ts';
import type { Distribution } from '../distributions/distribution.ts';
import type { EdgeLocation } from './edge-location.ts';
import { serveConnection } from './viewer-connection.ts';

const PORTS = { http: 80, https: 443 } as const;

/** Who uses an address, while several distributions share it. */
const users = new WeakMap<CloudFront, Map<string, { count: number; stop(): void }>>();

/** Listens at a distribution's addresses for every distribution; the returned function ends that. */
export function listenAt(cloudFront: CloudFront, { addresses }: Pick<Distribution, 'addresses'>): () => void {
  const known = users.get(cloudFront) ?? new Map<string, { count: number; stop(): void }>();
  users.set(cloudFront, known);
  const stops = cloudFront.edges.flatMap((edge, index) => {
    const { ipv4, ipv6 } = addresses[index] ?? edge.addressesFor(0);
    return [ipv4, ipv6].map((address) => {
      const entry = known.get(address) ?? { count: 0, stop: openPorts(cloudFront, edge, address) };
      entry.count++;
      known.set(address, entry);
      return () => {
        if (--entry.count > 0) return;
        known.delete(address);
        entry.stop();
      };
    });
  });
  return () => {
    for (const stop of stops.splice(0)) stop();
  };
}

function openPorts(cloudFront: CloudFront, edge: EdgeLocation, address: string): () => void {
  const { internet } = cloudFront.around;
  const open = (scheme: 'http' | 'https') =>
    internet.listen({ address, port: PORTS[scheme] }, (connection: Connection) => {
      serveConnection({ cloudFront, edge, connection, scheme });
    });
  const stops = [open('http'), open('https')];
  return () => {
    for (const stop of stops) stop();
  };
}
