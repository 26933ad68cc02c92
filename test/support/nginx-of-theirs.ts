import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { join as joined } from '../../local/internet/entrance.ts';
import { anNginx } from '../cli/server-kit/an-nginx.ts';
import { aKit, fileOf } from '../domain/server-kit/a-kit.ts';
import type { Nameplate } from './nameplate.ts';
import type { TheirServer } from './server-of-theirs.ts';

interface Place {
  address: string;
  names: readonly [string, ...string[]];
  material: { key: string; cert: string };
}

/**
 * Debian's nginx with the configuration of the server kit, plugged in under port 443 of an address of the small internet, before an
 * application that says what it is asked.
 */
export async function aNginxOfTheirs(
  { aws }: Nameplate,
  { address, names: [domain, ...aliases], material }: Place,
): Promise<TheirServer & { close(): Promise<void> }> {
  const letsencrypt = mkdtempSync(join(tmpdir(), 'letsencrypt-'));
  const live = join(letsencrypt, 'live', domain);
  mkdirSync(live, { recursive: true });
  const put = ({ key, cert }: Place['material']) => {
    writeFileSync(join(live, 'privkey.pem'), key);
    writeFileSync(join(live, 'fullchain.pem'), cert);
  };
  put(material);
  const app = createServer(({ url, headers }, response) => response.end(JSON.stringify({ url, headers })));
  await new Promise<void>((listening) => app.listen(0, '127.0.0.1', listening));
  const upstream = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  const nginx = await anNginx({ config: fileOf(aKit({ domain, aliases, upstream }), `${domain}.conf`), letsencrypt });
  await nginx.start();
  const unplug = aws.internet.listen({ address, port: 443 }, (connection) =>
    joined(connect({ port: nginx.ports.https, host: '127.0.0.1', allowHalfOpen: true }), connection),
  );
  return {
    install(renewed) {
      put(renewed);
      spawnSync('/bin/sh', ['-c', nginx.reloadCommand]);
    },
    async close() {
      unplug();
      await nginx.stop();
      app.closeAllConnections();
      await new Promise((closed) => app.close(closed));
      rmSync(letsencrypt, { recursive: true, force: true });
    },
  };
}
