import { spawnSync } from 'node:child_process';
import { test } from '@jest/globals';

/** Commands of other projects, as independent clients, and the Debian package of each. */
const CLIENTS = {
  dig: { version: ['-v'], package: 'bind9-dnsutils' },
  curl: { version: ['--version'], package: 'curl' },
  aws: { version: ['--version'], package: 'awscli' },
  certbot: { version: ['--version'], package: 'certbot' },
  nginx: { version: ['-v'], package: 'nginx-light' },
  zsh: { version: ['--version'], package: 'zsh' },
  chromium: { version: ['--version'], package: 'chromium' },
} as const;

export type Client = keyof typeof CLIENTS;

/**
 * Whether a client runs as the tests run it: found on this process's PATH, wherever an installer or a version manager
 * put it. A shim that is there and leads to no installed version does not run.
 */
export function isInstalled(client: Client, env: NodeJS.ProcessEnv = process.env): boolean {
  return spawnSync(client, CLIENTS[client].version, { env }).status === 0;
}

/** "skipped: dig is not installed; on Debian: apt install bind9-dnsutils" */
export const whySkipped = (client: Client): string =>
  `skipped: ${client} is not installed; on Debian: apt install ${CLIENTS[client].package}`;

/** test(), skipped with a word about it where the client does not run. */
export function testWith(client: Client, title: string, body: () => Promise<void>): void {
  if (isInstalled(client)) test(title, body);
  else test.skip(`${title} (${whySkipped(client)})`, body);
}
