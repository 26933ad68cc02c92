import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Below those that systems give to outgoing connections, any of which may take a port before nginx listens on it. */
const PORTS = { from: 10_000, to: 30_000 };

/** A free port of the loopback. */
async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(randomInt(PORTS.from, PORTS.to), '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    return port;
  }
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
  const pid = join(folder, 'nginx.pid');
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
    `pid ${pid};`,
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
      const started = spawn('nginx', words, { stdio: ['ignore', 'ignore', 'pipe'] });
      running = started;
      let said = '';
      started.stderr.on('data', (data) => {
        said += data;
      });
      // It accepts connections while another of its ports is still taken, and has its process id written once it has all of them.
      while (!existsSync(pid)) {
        if (started.exitCode !== null) throw new Error(`nginx ended with ${started.exitCode}: ${said}`);
        await new Promise((turn) => setImmediate(turn));
      }
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
