import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeploymentError } from './deployment-error.ts';
import type { Template } from './template.ts';

export type { Template, TemplateResource } from './template.ts';

/** A file or folder that goes along with a template. */
export interface Asset {
  bucket: string;
  key: string;
  /** The file or folder on this machine. */
  path: string;
}

/** One stack of a synthesized CDK app. */
export interface AssembledStack {
  name: string;
  /** Default: the host's home region. */
  region?: string;
  template: Template;
  assets: Asset[];
  /** Logical id -> where the app made it: "Nameplate/Ledger/Resource". */
  paths?: ReadonlyMap<string, string>;
}

interface Artifact {
  type: string;
  environment?: string;
  dependencies?: string[];
  additionalMetadataFile?: string;
  metadata?: ConstructMetadata;
  properties?: { templateFile?: string; file?: string; stackName?: string };
}

type ConstructMetadata = Record<string, { type: string; data?: unknown }[]>;

/**
 * Reads the stacks of a cloud assembly (the folder that `cdk synth` writes), each after those it depends on. A stack
 * whose region the app left open is in `region`. Throws DeploymentError when the folder holds no assembly.
 */
export function readAssembly(
  folder: string,
  { account, region: home }: { account: string; region: string },
): AssembledStack[] {
  const read = <Content>(file: string): Content => readJson(folder, file) as Content;
  const { artifacts } = read<{ artifacts: Record<string, Artifact> }>('manifest.json');
  const ordered: AssembledStack[] = [];
  const seen = new Set<string>();
  const add = (id: string): void => {
    const artifact = artifacts[id];
    if (!artifact || seen.has(id)) return;
    seen.add(id);
    for (const before of artifact.dependencies ?? []) add(before);
    if (artifact.type !== 'aws:cloudformation:stack') return;
    const manifests = (artifact.dependencies ?? []).flatMap((other) => {
      const { type, properties } = artifacts[other] ?? {};
      return type === 'cdk:asset-manifest' && properties?.file ? [properties.file] : [];
    });
    const metadata = artifact.metadata ?? read<ConstructMetadata>(artifact.additionalMetadataFile ?? '');
    const named = /^aws:\/\/[^/]+\/(.+)$/.exec(artifact.environment ?? '')?.[1] ?? 'unknown-region';
    const region = named === 'unknown-region' ? home : named;
    ordered.push({
      name: artifact.properties?.stackName ?? id,
      region,
      template: read<Template>(artifact.properties?.templateFile ?? ''),
      assets: manifests.flatMap((file) => assetsOf(read(file), { folder, account, region })),
      paths: pathsOf(metadata),
    });
  };
  for (const id of Object.keys(artifacts)) add(id);
  return ordered;
}

function readJson(folder: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    const reason = (error as Error).message;
    throw new DeploymentError(`Cannot read "${file}" of the cloud assembly in ${folder}: ${reason}`, { cause: error });
  }
}

interface AssetManifest {
  files?: Record<
    string,
    {
      source: { path?: string };
      destinations: Record<string, { bucketName: string; objectKey: string }>;
    }
  >;
  dockerImages?: Record<string, unknown>;
}

function assetsOf(
  { files = {}, dockerImages = {} }: AssetManifest,
  { folder, account, region }: { folder: string; account: string; region: string },
): Asset[] {
  const [image] = Object.keys(dockerImages);
  if (image !== undefined)
    throw new DeploymentError(`Cannot deploy the container image "${image}": images are not part of the local AWS`);
  const placed = (text: string): string =>
    text
      .replaceAll('${AWS::AccountId}', account)
      .replaceAll('${AWS::Region}', region)
      .replaceAll('${AWS::Partition}', 'aws');
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ bucketName, objectKey }) => ({
      bucket: placed(bucketName),
      key: placed(objectKey),
      path: join(folder, source.path ?? ''),
    })),
  );
}

function pathsOf(metadata: ConstructMetadata): Map<string, string> {
  const paths = new Map<string, string>();
  for (const [path, entries] of Object.entries(metadata))
    for (const { type, data } of entries)
      if (type === 'aws:cdk:logicalId' && typeof data === 'string') paths.set(data, path.replace(/^\//, ''));
  return paths;
}
