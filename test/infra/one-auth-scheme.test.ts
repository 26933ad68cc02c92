import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { build, type Plugin } from 'esbuild';
import { leanClients } from '../../infra/lean-clients.ts';
import { oneAuthScheme } from '../../infra/one-auth-scheme.ts';
import { partitionEndpoints } from '../../infra/partition-endpoints.ts';
import { root } from '../support/paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'one-auth-scheme-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a client of each kind is signed for: of a region, of the whole world, and of the token service. */
const CONTENTS = `
  import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
  import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
  import { ListHealthChecksCommand, Route53Client } from '@aws-sdk/client-route-53';
  import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
  const scopeOf = async (Client, command) => {
    let signed = '';
    const client = new Client({
      region: 'eu-central-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
      requestHandler: { handle: async ({ headers }) => { signed = headers.authorization; throw new Error('sent'); } },
    });
    await client.send(command).catch(() => {});
    return /Credential=a\\/\\d+\\/(\\S+),/.exec(signed)?.[1];
  };
  export const scopes = async () => [
    await scopeOf(ACMClient, new ListCertificatesCommand({})),
    await scopeOf(CloudFrontClient, new ListDistributionsCommand({})),
    await scopeOf(Route53Client, new ListHealthChecksCommand({})),
    await scopeOf(STSClient, new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/nameplate', RoleSessionName: 'a' })),
  ];`;

async function scopes(name: string, plugins: Plugin[]): Promise<unknown> {
  const outfile = join(folder, `${name}.cjs`);
  await build({
    stdin: { contents: CONTENTS, resolveDir: root },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    plugins,
  });
  const { scopes: found } = createRequire(import.meta.url)(outfile) as { scopes: () => Promise<unknown> };
  return found();
}

test('a bundled client signs for the service and region that the SDK signs for', async () => {
  const signed = await scopes('one', [leanClients, partitionEndpoints, oneAuthScheme]);
  expect(signed).toEqual(await scopes('own', []));
  expect(signed).toEqual([
    'eu-central-1/acm/aws4_request',
    'us-east-1/cloudfront/aws4_request',
    'us-east-1/route53/aws4_request',
    'eu-central-1/sts/aws4_request',
  ]);
});
