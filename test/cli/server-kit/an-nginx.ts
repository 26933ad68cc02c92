import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A free port of the loopback. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

interface Site {
  /** The kit's configuration. */
  config: string;
  /** Where certbot keeps the certificates instead of /etc/letsencrypt. */
  letsencrypt: string;
}

/** A folder for an nginx that needs no root: the kit's configuration as it is but for its ports and the certificates' folder. */
export async function anNginx({ config, letsencrypt }: Site) {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const ports = { http: await freePort(), https: await freePort() };
  const adapted = config
    .replaceAll('/etc/letsencrypt', letsencrypt)
    .replace(/listen \[::\]:\d+.*;\n/g, '\n')
    .replace('listen 80;', `listen 127.0.0.1:${ports.http};`)
    .replace('listen 443 ', `listen 127.0.0.1:${ports.https} `);
  mkdirSync(join(folder, 'conf.d'));
  writeFileSync(join(folder, 'conf.d', 'site.conf'), adapted);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `    ${name}_temp_path ${join(folder, name)};`,
  );
  const main = [
    'daemon off;',
    'worker_processes 1;',
    `pid ${join(folder, 'nginx.pid')};`,
    'events {}',
    'http {',
    '    access_log off;',
    ...temporary,
    `    include ${join(folder, 'conf.d')}/*.conf;`,
    '}',
  ];
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, main.join('\n'));
  const words = ['-c', file, '-p', folder, '-e', 'stderr'];
  let running: ReturnType<typeof spawn> | undefined;
  return {
    ports,
    /** `nginx -t`: what it says, and how it ends. */
    check: () => spawnSync('nginx', [...words, '-t'], { encoding: 'utf8' }),
    start: async () => {
      running = spawn('nginx', words, { stdio: 'ignore' });
      await answering(ports.https);
    },
    /** For a shell. */
    reloadCommand: ['nginx', ...words, '-s', 'reload'].join(' '),
    stop: async () => {
      if (running && running.exitCode === null) {
        running.kill('SIGTERM');
        await once(running, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when something accepts connections at the port. */
async function answering(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
    await new Promise((turn) => setImmediate(turn));
  }
}
