import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../support/paths.ts';

/** The house: what each room may import, and why. */
const rooms: Record<string, { may: string[]; because: string }> = {
  domain: { may: [], because: 'domain/ is what is true about names and sites, and imports nothing of ours' },
  aws: { may: ['domain'], because: 'aws/ asks without deciding, and imports domain/ only' },
  resources: { may: ['aws', 'domain'], because: 'resources/ know nothing of Lambda and workflows' },
  functions: {
    may: ['aws', 'domain', 'resources'],
    because: 'functions/ ask through aws/, decide with domain/ and make what resources/ say',
  },
  local: {
    may: [],
    because: 'local/ must not see the product: an emulator that shares our code agrees with our mistakes',
  },
  infra: {
    may: ['domain', 'resources'],
    because: 'infra/ knows functions and workflows as file paths, and of resources their permissions only',
  },
  cli: {
    may: ['domain', 'local', 'aws/doctor'],
    because: 'cli/ reaches the product through its API; the doctor alone looks from this machine',
  },
  console: { may: ['domain'], because: 'console/ runs in a browser and reaches the product through its API' },
};

/** What a pure room must not touch in Node: anything that asks the world. */
const impure =
  /^(node:(fs|net|tls|dns|dgram|http|https|http2|child_process|worker_threads|process|os|timers)|@aws-sdk\/|@smithy\/)/;

interface Import {
  file: string;
  from: string;
}

function importsOf(room: string): Import[] {
  return globSync(`${room}/**/*.{ts,tsx}`, { cwd: root }).flatMap((file) =>
    [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /^\s*(?:import|export)\b[^'"]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|^import\s+['"]([^'"]+)['"]/gm,
      ),
    ].map((match) => ({ file, from: match[1] ?? match[2] ?? match[3] ?? '' })),
  );
}

/** The folder that an import leads to: "aws/doctor". */
const targetOf = ({ file, from }: Import): string | undefined =>
  from.startsWith('.') ? dirname(normalize(join(dirname(file), from))) : undefined;

const isIn = (target: string, folder: string): boolean => target === folder || target.startsWith(`${folder}/`);

test('each package that is imported is in the lock file: node_modules of before may still hold one that "npm ci" leaves out', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: object };
  // A module that infra/one-auth-scheme.ts makes.
  const known = new Set([...Object.keys(packages).map((path) => path.replace('node_modules/', '')), 'one-auth-scheme']);
  const unknown = [...Object.keys(rooms), 'test']
    .flatMap(importsOf)
    .filter(({ from }) => /^[@a-z]/.test(from) && !from.startsWith('node:'))
    .map(({ file, from }) => ({ file, name: from.split('/', from.startsWith('@') ? 2 : 1).join('/') }))
    .filter(({ name }) => !known.has(name) && !known.has(`@types/${name}`));
  expect(unknown).toEqual([]);
});

describe.each(Object.entries(rooms))('%s/', (room, { may, because }) => {
  test('imports only what its room may', () => {
    const broken = importsOf(room)
      .filter((found) => {
        const target = targetOf(found);
        return target !== undefined && ![room, ...may].some((folder) => isIn(target, folder));
      })
      .map(({ file, from }) => `${file} imports "${from}": ${because}`);
    expect(broken).toEqual([]);
  });
});

test('domain/ asks nothing of the world', () => {
  const broken = importsOf('domain')
    .filter(({ from }) => impure.test(from))
    .map(({ file, from }) => `${file} imports "${from}": domain/ decides, aws/ asks`);
  expect(broken).toEqual([]);
});

test("a gate's judge is pure: it loads nothing that calls AWS or the network", () => {
  const all = importsOf('resources').filter(isLoaded);
  const judges = globSync('resources/**/judge.ts', { cwd: root });
  const files = new Set(judges);
  for (const file of files) {
    const next = all.filter((each) => each.file === file).map(({ from }) => normalize(join(dirname(file), from)));
    for (const loaded of next.filter((each) => isIn(each, 'resources'))) files.add(loaded);
  }
  const broken = all
    .filter(({ file }) => files.has(file))
    .filter((found) => impure.test(found.from) || isIn(targetOf(found) ?? '', 'aws'))
    .map(({ file, from }) => `${file} imports "${from}": a gate looks in the file beside its judge`);
  expect(judges.length).toBeGreaterThan(0);
  expect(broken).toEqual([]);
});

/** What is imported for its types only is not loaded. */
function isLoaded({ file, from }: Import): boolean {
  return !new RegExp(`^import type [^;]*'${from}'`, 'm').test(readFileSync(join(root, file), 'utf8'));
}

test('process.env is read in one file of the product', () => {
  const readers = globSync(['{domain,aws,resources,functions}/**/*.ts'], { cwd: root }).filter((file) =>
    readFileSync(join(root, file), 'utf8').includes('process.env'),
  );
  expect(readers).toEqual(['aws/environment.ts']);
});
