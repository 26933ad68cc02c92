import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { EndpointTemplate } from './partition-endpoint.ts';
import { root } from './paths.ts';

/**
 * Replaces every SDK client's endpoint rules, and what evaluates them, by the one URL that they resolve to in the
 * partition "aws", the only one that `infra/deployment/partition.ts` lets through: 30 kB of a function that has seven clients.
 */
export const partitionEndpoints: Plugin = {
  name: 'partition-endpoints',
  setup({ onLoad }) {
    const templates = new Map<string, Promise<EndpointTemplate>>();
    onLoad({ filter: /client-[^/]+\/dist-es\/endpoint\/endpointResolver\.js$/ }, async ({ path }) => {
      const byBucket = path.includes('/client-s3/');
      const template = templates.get(path) ?? templateOf(path, byBucket ? { Bucket: BUCKET } : {});
      templates.set(path, template);
      return { loader: 'js', contents: resolverOf(await template, byBucket ? 'bucketEndpoint' : 'partitionEndpoint') };
    });
    // Only rules look regions up in it.
    onLoad({ filter: /util-endpoints\/lib\/aws\/partitions\.js$/ }, () => ({
      loader: 'js',
      contents: 'export const partitionsInfo = { partitions: [] };',
    }));
  },
};

/** Stands for every bucket: S3 asks each at a name of its own. */
const BUCKET = 'a-bucket';

/** Stands for every region of the partition; the test compares all that the SDK knows. */
const REGION = 'eu-central-1';

interface Resolver {
  defaultEndpointResolver: (params: object) => { url: URL; properties: Record<string, unknown> };
}

/** Asks the rules themselves. */
async function templateOf(path: string, further: object): Promise<EndpointTemplate> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
  });
  const { defaultEndpointResolver } = (await import(
    `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`
  )) as Resolver;
  const { url, properties } = defaultEndpointResolver({
    Region: REGION,
    UseFIPS: false,
    UseDualStack: false,
    ...further,
  });
  return {
    url: url.href.replace(REGION, '*').replace(BUCKET, '{bucket}'),
    properties: JSON.parse(JSON.stringify(properties).replaceAll(`"${REGION}"`, '"*"')) as Record<string, unknown>,
  };
}

function resolverOf(template: EndpointTemplate, resolve: 'bucketEndpoint' | 'partitionEndpoint'): string {
  return `
    import { ${resolve} } from ${JSON.stringify(join(root, 'infra/partition-endpoint.ts'))};
    export const defaultEndpointResolver = (params) => ${resolve}(${JSON.stringify(template)}, params);`;
}
