import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build, type Plugin } from 'esbuild';
import { partitionEndpoints } from '../../infra/partition-endpoints.ts';
import { root } from '../support/paths.ts';

type Resolver = (params: object) => unknown;

interface Resolvers {
  byClient: Record<string, Resolver>;
}

/** Of every SDK client that is installed. */
const RESOLVERS = globSync('node_modules/@aws-sdk/client-*/dist-es/endpoint/endpointResolver.js', {
  cwd: root,
}).sort();

const PARTITIONS = './node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';

/** No region of its own: what the services without regions are also asked in. */
const GLOBAL = 'aws-global';

let folder: string;
let lean: Resolvers;
let full: Resolvers & { partitionsInfo: { partitions: { id: string; regions: Record<string, unknown> }[] } };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'endpoints-'));
  lean = await bundled('lean', [partitionEndpoints]);
  full = await bundled('full', []);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function bundled<Module>(name: string, plugins: Plugin[]): Promise<Module> {
  const imports = RESOLVERS.map((file, at) => `import { defaultEndpointResolver as r${at} } from './${file}';`);
  const entries = RESOLVERS.map((file, at) => `${JSON.stringify(/client-([^/]+)/.exec(file)?.[1])}: r${at}`);
  const contents = [
    ...imports,
    `export { partitionsInfo } from '${PARTITIONS}';`,
    `export const byClient = { ${entries} };`,
  ];
  const outfile = join(folder, `${name}.cjs`);
  await build({
    stdin: { contents: contents.join('\n'), resolveDir: root },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    plugins,
    mainFields: ['module', 'main'],
  });
  return createRequire(import.meta.url)(outfile) as Module;
}

/** S3 alone asks each bucket at a name of its own. */
const plain = { UseFIPS: false, UseDualStack: false, Bucket: 'pages-of-sites' };

describe('a bundled client', () => {
  test('asks where its own rules say, in every region of the partition "aws"', () => {
    const { regions } = full.partitionsInfo.partitions.find(({ id }) => id === 'aws') ?? { regions: {} };
    const named = Object.keys(regions).filter((region) => region !== GLOBAL);
    expect(named).toContain('eu-central-1');
    for (const [client, resolve] of Object.entries(full.byClient)) {
      for (const Region of named) {
        expect({ client, Region, ...(lean.byClient[client]?.({ ...plain, Region }) as object) }).toEqual({
          client,
          Region,
          ...(resolve({ ...plain, Region }) as object),
        });
      }
    }
  });

  test('asks where its environment says instead', () => {
    const params = { ...plain, Region: 'eu-central-1', Endpoint: 'http://127.0.0.1:4566/' };
    for (const [client, resolve] of Object.entries(full.byClient)) {
      expect({ client, ...(lean.byClient[client]?.(params) as object) }).toEqual({
        client,
        ...(resolve(params) as object),
      });
    }
  });

  test('refuses what it has no endpoint for rather than ask elsewhere', () => {
    const route53 = lean.byClient['route-53'] as Resolver;
    expect(() => route53({ ...plain, UseFIPS: true, Region: 'us-east-1' })).toThrow('AWS_USE_FIPS_ENDPOINT');
    expect(() => route53(plain)).toThrow('Missing Region');
  });

  test('asks S3 for no bucket that it would ask for in another way', () => {
    const s3 = lean.byClient['s3'] as Resolver;
    for (const Bucket of [
      'pages.of.sites',
      'pages--use1-az4--x-s3',
      'arn:aws:s3:us-east-1:123456789012:accesspoint/a',
      undefined,
    ]) {
      expect(() => s3({ ...plain, Bucket, Region: 'eu-central-1' })).toThrow('no general purpose bucket');
    }
  });
});
