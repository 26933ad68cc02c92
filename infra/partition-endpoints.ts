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
      if (path.includes('/client-s3/')) return { errors: [{ text: BY_BUCKET }] };
      const template = templates.get(path) ?? templateOf(path);
      templates.set(path, template);
      return { loader: 'js', contents: resolverOf(await template) };
    });
    // Only rules look regions up in it.
    onLoad({ filter: /util-endpoints\/lib\/aws\/partitions\.js$/ }, () => ({
      loader: 'js',
      contents: 'export const partitionsInfo = { partitions: [] };',
    }));
  },
};

const BY_BUCKET =
  'Cannot bundle the client of S3: it asks each bucket at a name of its own, not at one URL of the region';

/** Stands for every region of the partition; the test compares all that the SDK knows. */
const REGION = 'eu-central-1';

interface Resolver {
  defaultEndpointResolver: (params: object) => { url: URL; properties: Record<string, unknown> };
}

/** Asks the rules themselves. */
async function templateOf(path: string): Promise<EndpointTemplate> {
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
  const { url, properties } = defaultEndpointResolver({ Region: REGION, UseFIPS: false, UseDualStack: false });
  return { url: url.href.replace(REGION, '*'), properties };
}

function resolverOf(template: EndpointTemplate): string {
  return `
    import { partitionEndpoint } from ${JSON.stringify(join(root, 'infra/partition-endpoint.ts'))};
    export const defaultEndpointResolver = (params) => partitionEndpoint(${JSON.stringify(template)}, params);`;
}
