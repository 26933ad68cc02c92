import { isTargetAddress } from '../load-balancers/target-address.ts';
import type { Origin, OriginAddress } from './origin.ts';

/** A machine outside of the account, as a site declares it: by its address or by a name that leads to it. */
export interface ServerOrigin {
  server: ({ address: string; name?: never } | { address?: never; name: string }) & {
    /** The port its web server listens on, 1 to 65535. Default 443. */
    port: number;
    /** The path that answers 200 when it is well. Default "/". */
    healthPath: string;
  };
}

/** What servers are asked over, where not over plain HTTP. */
export const HTTPS_PORT = 443;

/** The server as an origin: on port 443 it serves its own certificate. A load balancer reaches it by a private address only. */
export function serverOrigin({ server: { address, name, port, healthPath } }: ServerOrigin): Origin {
  const id = address ?? name;
  return {
    kind: 'server',
    id,
    label: `the server ${id}`,
    pointer: '#/origin/server',
    scheme: port === HTTPS_PORT ? 'https' : 'http',
    port,
    healthPath,
    ...(address !== undefined && isTargetAddress(address) && { target: { id: address, port } }),
    address: address === undefined ? { name } : addressed(address),
  };
}

const addressed = (address: string): OriginAddress => ({
  types: [address.includes(':') ? 'AAAA' : 'A'],
  values: [address],
});
