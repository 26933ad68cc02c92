import type { Plugin } from 'esbuild';

/** What replaces a module of the SDK, by how its path ends. */
const REPLACEMENTS: Record<string, string> = {
  // No function has an AWS configuration file: its settings are in its environment.
  'node-config-provider/fromSharedConfigFiles.js': `
    export const fromSharedConfigFiles = () => async () => {
      throw Object.assign(new Error('A function has no configuration files'), { tryNextLink: true });
    };`,
  // Lambda has no instance metadata, and says its region in the environment.
  'regionConfig/getInstanceMetadataRegion.js': 'export const getInstanceMetadataRegion = async () => undefined;',
  // Lambda's Node always has crypto.
  'checksum/sha256/Sha256Js.js': 'export class Sha256Js {}',
  // Every client is given a strategy of ours (aws/retry-strategy.ts).
  'util-retry/AdaptiveRetryStrategy.js': 'export class AdaptiveRetryStrategy {}',
  // Buckets are asked by their own names (partition-endpoint.ts).
  'service-customizations/index.js': 'export const resolveParamsForS3 = async (params) => params;',
  // Signatures count in one region (lean-clients.ts).
  'aws_sdk/AwsSdkSigV4ASigner.js': 'export class AwsSdkSigV4ASigner {}',
  // Which features of the SDK are used is told to AWS's statistics alone.
  'middleware-user-agent/check-features.js': 'export const checkFeatures = async () => {};',
  // No client is given a logger: our own lines say what a step did.
  'middleware-logger/loggerMiddleware.js': `
    export const loggerMiddleware = () => (next) => next, loggerMiddlewareOptions = {};
    export const getLoggerPlugin = () => ({ applyToStack: () => {} });`,
  // The runtime is the stack's to choose, and new enough (function.ts).
  'client/emitWarningIfUnsupportedVersion.js': 'export const state = {}, emitWarningIfUnsupportedVersion = () => {};',
  // Time-outs and retries are given to each client (clients.ts): none is derived from where it runs.
  'defaults-mode/resolveDefaultsModeConfig.js': "export const resolveDefaultsModeConfig = () => async () => 'legacy';",
  // Bodies are Node's streams.
  'util-stream/sdk-stream-mixin.browser.js': `
    export const sdkStreamMixin = () => {
      throw new Error('Expected a stream of Node');
    };`,
};

/** It signs the messages of an event stream one by one; no function has such a stream. */
const NO_EVENT_STREAMS = 'export class HeaderFormatter {}';

/** A client whose service has such operations asks for it when it is made; other clients load it when they first need it, which none does. */
const NO_STREAM_CODEC = `
  export const eventStreamSerdeProvider = undefined;
  export const resolveEventStreamSerdeConfig = (config) => config;`;

/** The runtime has a store of its own for what belongs to one invocation; clients look there alone for the trace that a call is of. */
const STORE_OF_RUNTIME = `
  export const InvokeStore = { getInstanceAsync: async () => globalThis.awslambda?.InvokeStore };`;

/** Leaves out of SDK clients what they do where they don't run in Lambda: 18 kB of every function. */
export const lambdaOnly: Plugin = {
  name: 'lambda-only',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'no-stream-codec' } : { external: true },
    );
    onLoad({ filter: /.*/, namespace: 'no-stream-codec' }, () => ({ loader: 'js', contents: NO_STREAM_CODEC }));
    onLoad({ filter: /@aws\/lambda-invoke-store\/dist-es\/.*\.js$/ }, () => ({
      loader: 'js',
      contents: STORE_OF_RUNTIME,
    }));
    onLoad({ filter: /signature-v4\/dist-es\/HeaderFormatter\.js$/ }, () => ({
      loader: 'js',
      contents: NO_EVENT_STREAMS,
    }));
    for (const [end, contents] of Object.entries(REPLACEMENTS)) {
      const filter = new RegExp(`/@(?:smithy|aws-sdk)/core/dist-es/submodules/.*${end.replaceAll('.', '\\.')}$`);
      onLoad({ filter }, () => ({ loader: 'js', contents }));
    }
  },
};
