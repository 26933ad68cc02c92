import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build, type Plugin } from 'esbuild';
import { parse } from 'tldts';
import { bundleFunctions, functionFiles, functionName } from '../../infra/bundle.ts';
import { leanClients } from '../../infra/lean-clients.ts';
import { packedSuffixes } from '../../infra/packed-suffixes.ts';
import { root } from '../support/paths.ts';

/** In kB. A larger bundle makes a slower start. */
const LARGEST = 600;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function bundled<Module>(contents: string, plugin: Plugin): Promise<Module> {
  const outfile = join(folder, `${plugin.name}.cjs`);
  const stdin = { contents, resolveDir: root };
  await build({
    stdin,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    plugins: [plugin],
    mainFields: ['module', 'main'],
  });
  return createRequire(import.meta.url)(outfile) as Module;
}

describe('a bundle', () => {
  test(`is no larger than ${LARGEST} kB`, async () => {
    await bundleFunctions(folder);
    const sizes = functionFiles()
      .map(functionName)
      .map((name) => [name, statSync(join(folder, name, 'index.cjs')).size / 1_000] as const);
    expect(sizes.filter(([, size]) => size > LARGEST)).toEqual([]);
  });

  test('knows the same public suffixes as the package', async () => {
    const { parse: parsePacked } = await bundled<{ parse: typeof parse }>(
      "export { parse } from 'tldts'",
      packedSuffixes,
    );
    const names = [
      'a.co.uk',
      'b.c.kobe.jp',
      'city.kobe.jp',
      'x.github.io',
      'شبكة.السعودية.a',
      'nothing.invalid',
      'a.b.ck',
      'www.ck',
    ];
    for (const name of names) {
      expect(parsePacked(name, { allowPrivateDomains: true })).toEqual(parse(name, { allowPrivateDomains: true }));
    }
  });

  test('throws an error that our code has no word for by its own name and with its message', async () => {
    const { refused } = await bundled<{ refused: () => Promise<Error> }>(
      `
      import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
      import { Readable } from 'node:stream';
      const body = '<ErrorResponse><Error><Code>NoSuchGeoLocation</Code><Message>Nowhere</Message></Error></ErrorResponse>';
      const response = { statusCode: 404, headers: {}, body: Readable.from([body]) };
      const client = new Route53Client({
        region: 'us-east-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        requestHandler: { handle: async () => ({ response }) },
      });
      export const refused = () => client.send(new ListHostedZonesCommand({})).catch((error) => error);
      `,
      leanClients,
    );
    expect(readFileSync(join(folder, 'lean-clients.cjs'), 'utf8')).not.toContain('class NoSuchGeoLocation');
    expect(await refused()).toMatchObject({
      name: 'NoSuchGeoLocation',
      message: 'Nowhere',
      $metadata: { httpStatusCode: 404 },
    });
  });
});
