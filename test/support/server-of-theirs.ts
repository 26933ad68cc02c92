import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from '../../local/internet/entrance.ts';
import type { Nameplate } from './nameplate.ts';

interface Material {
  key: string;
  cert: string;
}

/** A web server of this machine, plugged in under a port of an address of the small internet. */
export interface TheirServer {
  /** Serves another certificate from now on. */
  install(material: Material): void;
  close(): void;
}

/** With a key it speaks TLS, and plain HTTP without. */
export async function aServerOfTheirs(
  { aws }: Nameplate,
  { address, port, material }: { address: string; port: number; material?: Material },
): Promise<TheirServer> {
  const answer = (_: IncomingMessage, response: ServerResponse) => response.end('Served from elsewhere\n');
  const secure = material && createSecureServer(material, answer);
  const server = secure ?? createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: local } = server.address() as AddressInfo;
  const unplug = aws.internet.listen(
    { address, port },
    (connection) => join(connect({ port: local, host: '127.0.0.1', allowHalfOpen: true }), connection),
    // Health checkers need not ask again what answers alike: it would be two thousand handshakes in each hour of AWS time.
    { steady: () => true },
  );
  return {
    install(renewed) {
      secure?.setSecureContext(renewed);
      aws.internet.changed();
    },
    close() {
      unplug();
      server.close();
      server.closeAllConnections();
    },
  };
}
