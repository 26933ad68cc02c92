import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { environmentCredentials } from '../../infra/environment-credentials.ts';
import { lambdaOnly } from '../../infra/lambda-only.ts';
import { root } from '../support/paths.ts';

interface Bundled {
  load: (variable: string, otherwise: string) => Promise<string>;
  LambdaClient: typeof LambdaClient;
  GetAccountSettingsCommand: typeof GetAccountSettingsCommand;
  sha256: (text: string, secret?: string) => Promise<Uint8Array>;
}

let folder: string;
let bundled: Bundled;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lambda-only-'));
  const outfile = join(folder, 'bundle.cjs');
  const contents = `
    import { loadConfig } from '@smithy/core/config';
    import { Sha256 } from '@smithy/core/checksum';
    import { StandardRetryStrategy } from '@smithy/core/retry';
    export { StandardRetryStrategy };
    export { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
    export const load = (variable, otherwise) =>
      loadConfig({ environmentVariableSelector: (env) => env[variable], configFileSelector: () => 'from a file', default: otherwise })();
    export const sha256 = (text, secret) => {
      const hash = new Sha256(secret);
      hash.update(Buffer.from(text));
      return hash.digest();
    };`;
  await build({
    stdin: { contents, resolveDir: root },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    plugins: [lambdaOnly, environmentCredentials],
    mainFields: ['module', 'main'],
  });
  bundled = createRequire(import.meta.url)(outfile) as Bundled;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('an SDK client in a bundle', () => {
  test('of a service that streams events is made without what reads a stream', () => {
    expect(new bundled.LambdaClient({ region: 'us-east-1' })).toHaveProperty('send');
    expect(readFileSync(join(folder, 'bundle.cjs'), 'utf8')).not.toContain('HeaderMarshaller');
  });

  test('reads its settings from the environment and takes the default where there is none', async () => {
    expect(await bundled.load('PATH', 'otherwise')).toBe(process.env['PATH']);
    expect(await bundled.load('NAMEPLATE_HAS_NO_SUCH_VARIABLE', 'otherwise')).toBe('otherwise');
  });

  test("signs with Node's own SHA-256", async () => {
    const hex = async (...args: [string, string?]) => Buffer.from(await bundled.sha256(...args)).toString('hex');
    expect(await hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    // Source: RFC 4231, test case 2
    expect(await hex('what do ya want for nothing?', 'Jefe')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  test('tells which trace a call is of as the runtime knows it, or the environment', async () => {
    const traceOf = async (): Promise<string | undefined> => {
      let sent: { headers: Record<string, string> } | undefined;
      const requestHandler = {
        handle: async (request: { headers: Record<string, string> }) => {
          sent = request;
          return { response: { statusCode: 200, headers: {}, body: undefined } };
        },
      };
      const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
      const client = new bundled.LambdaClient({
        region: 'us-east-1',
        credentials,
        requestHandler: requestHandler as never,
      });
      await client.send(new bundled.GetAccountSettingsCommand({}));
      return sent?.headers['X-Amzn-Trace-Id'] ?? sent?.headers['x-amzn-trace-id'];
    };
    Object.assign(process.env, { AWS_LAMBDA_FUNCTION_NAME: 'shop', _X_AMZN_TRACE_ID: 'Root=1-env' });
    expect(await traceOf()).toBe('Root=1-env');
    Object.assign(globalThis, { awslambda: { InvokeStore: { getXRayTraceId: () => 'Root=1-store' } } });
    expect(await traceOf()).toBe('Root=1-store');
    for (const name of ['AWS_LAMBDA_FUNCTION_NAME', '_X_AMZN_TRACE_ID']) delete process.env[name];
    Reflect.deleteProperty(globalThis, 'awslambda');
  });

  test('brings nothing that only runs elsewhere', () => {
    const source = readFileSync(join(folder, 'bundle.cjs'), 'utf8');
    for (const word of ['169.254.169.254', 'homedir', 'DefaultRateLimiter', 'InvokeStoreMulti'])
      expect(source).not.toContain(word);
  });
});
