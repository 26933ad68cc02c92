import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { root } from './paths.ts';

/** How all of our clients sign: by one scheme, for one region. Source: the same files of the SDK, of which each client has its own. */
const SHARED = `
import { AwsSdkSigV4Signer, resolveAwsSdkSigV4Config } from '@aws-sdk/core/httpAuthSchemes';
import { Sha256 } from '@smithy/core/checksum';
import { getSmithyContext, NoOpLogger, normalizeProvider } from '@smithy/core/client';
import { parseUrl } from '@smithy/core/protocols';
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde';
const schemeId = 'aws.auth#sigv4';
export const parametersOf = async (config, context) => ({
  operation: getSmithyContext(context).operation,
  region: await normalizeProvider(config.region)(),
});
export const schemesFor = (name) => ({ region }) => [{
  schemeId,
  signingProperties: { name, region },
  propertiesExtractor: (config, context) => ({ signingProperties: { config, context } }),
}];
export const resolveHttpAuthSchemeConfig = (config) =>
  Object.assign(resolveAwsSdkSigV4Config(config), {
    authSchemePreference: normalizeProvider(config.authSchemePreference ?? []),
  });
export const sharedConfig = (config) => ({
  base64Decoder: config?.base64Decoder ?? fromBase64,
  base64Encoder: config?.base64Encoder ?? toBase64,
  disableHostPrefix: config?.disableHostPrefix ?? false,
  extensions: config?.extensions ?? [],
  httpAuthSchemes: config?.httpAuthSchemes ?? [
    { schemeId, identityProvider: (ipc) => ipc.getIdentityProvider(schemeId), signer: new AwsSdkSigV4Signer() },
  ],
  logger: config?.logger ?? new NoOpLogger(),
  sha256: config?.sha256 ?? Sha256,
  urlParser: config?.urlParser ?? parseUrl,
  utf8Decoder: config?.utf8Decoder ?? fromUtf8,
  utf8Encoder: config?.utf8Encoder ?? toUtf8,
});`;

const AUTH = /client-[^/]+\/dist-es\/auth\/httpAuthSchemeProvider\.js$/;
const CONFIG = /client-[^/]+\/dist-es\/runtimeConfig\.shared\.js$/;

/** The settings of a client that `sharedConfig` has. */
const SETTING =
  /^ {8}(?:base64Decoder|base64Encoder|disableHostPrefix|extensions|logger|sha256|urlParser|utf8Decoder|utf8Encoder): .*,$/gm;
const SCHEMES = /^ {8}httpAuthSchemes: [\s\S]*?^ {8}\],$/m;

/** Every client of the SDK has the same two modules, but for its name: 8 kB of a function that has nine clients. */
export const oneAuthScheme: Plugin = {
  name: 'one-auth-scheme',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^one-auth-scheme$/ }, ({ path }) => ({ path, namespace: 'one-auth-scheme' }));
    onLoad({ filter: /.*/, namespace: 'one-auth-scheme' }, () => ({
      loader: 'js',
      contents: SHARED,
      resolveDir: root,
    }));
    for (const [filter, contentsOf] of [
      [AUTH, authOf],
      [CONFIG, configOf],
    ] as const) {
      onLoad({ filter }, ({ path }) => {
        // S3 signs by what its endpoints say.
        if (path.includes('/client-s3/')) return undefined;
        return { loader: 'js', contents: contentsOf(readFileSync(path, 'utf8')) };
      });
    }
  },
};

function authOf(source: string): string {
  const [, client] = /export const default(\w+)HttpAuthSchemeProvider /.exec(source) ?? [];
  const [, name] = /signingProperties: \{\s*name: "([\w-]+)"/.exec(source) ?? [];
  if (client === undefined || name === undefined) throw new Error('Cannot tell how a client of the SDK signs');
  return `
    import { parametersOf, schemesFor } from 'one-auth-scheme';
    export { resolveHttpAuthSchemeConfig } from 'one-auth-scheme';
    export const default${client}HttpAuthSchemeParametersProvider = parametersOf;
    export const default${client}HttpAuthSchemeProvider = /* @__PURE__ */ schemesFor("${name}");`;
}

function configOf(source: string): string {
  const own = source.replace(SETTING, '').replace(SCHEMES, '');
  return `import { sharedConfig } from 'one-auth-scheme';\n${own.replace('return {', 'return { ...sharedConfig(config),')}`;
}
