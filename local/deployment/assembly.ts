import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
  Condition?: string;
  Metadata?: Record<string, unknown>;
}

export interface Template {
  Resources: Record<string, TemplateResource>;
  Parameters?: Record<string, { Type: string; Default?: unknown }>;
  Conditions?: Record<string, unknown>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Outputs?: Record<string, { Value: unknown; Condition?: string }>;
}

/** What `cdk deploy` would upload: a file or folder and the object it becomes. */
export interface Asset {
  bucket: string;
  key: string;
  path: string;
}

/** One stack of a cloud assembly. */
export interface AssembledStack {
  name: string;
  template: Template;
  assets: Asset[];
}

interface Manifest {
  artifacts: Record<string, { type: string; properties?: { templateFile?: string; stackName?: string } }>;
}

interface AssetFile {
  files: Record<
    string,
    { source: { path: string }; destinations: Record<string, { bucketName: string; objectKey: string }> }
  >;
}

/**
 * Reads a synthesized CDK cloud assembly: its stacks in order of their names, templates and assets included.
 *
 * @throws {Error} when the folder holds no assembly
 */
export function readAssembly(
  folder: string,
  { account, region }: { account: string; region: string },
): AssembledStack[] {
  const read = <Content>(file: string): Content => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Content;
  const placed = (text: string): string =>
    text
      .replaceAll(/\$\{AWS::AccountId\}/g, account)
      .replaceAll(/\$\{AWS::Region\}/g, region)
      .replaceAll(/\$\{AWS::Partition\}/g, 'aws');
  const { artifacts } = read<Manifest>('manifest.json');
  return Object.entries(artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([id, { properties = {} }]) => {
      const template = read<Template>(properties.templateFile ?? `${id}.template.json`);
      const { files } = read<AssetFile>(`${id}.assets.json`);
      const assets = Object.values(files).flatMap(({ source, destinations }) =>
        Object.values(destinations).map(({ bucketName, objectKey }) => ({
          bucket: placed(bucketName),
          key: placed(objectKey),
          path: join(folder, source.path),
        })),
      );
      return { name: properties.stackName ?? id, template, assets };
    });
}
