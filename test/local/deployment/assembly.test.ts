import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readAssembly } from '../../../local/deployment/assembly.ts';

const place = { account: '123456789012', region: 'us-east-1' };

describe('readAssembly()', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'an-assembly-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const write = (file: string, content: object) => writeFile(join(folder, file), JSON.stringify(content));
  const aStackArtifact = (name: string, more: object = {}) => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/unknown-region',
    properties: { templateFile: `${name}.template.json` },
    metadata: { [`/${name}/Topic/Resource`]: [{ type: 'aws:cdk:logicalId', data: 'Topic1234' }] },
    ...more,
  });

  test('finds each stack after those it needs, with its template, its assets and where its resources were made', async () => {
    await write('manifest.json', {
      artifacts: {
        Home: aStackArtifact('Home', { dependencies: ['Home.assets', 'Certificates'] }),
        'Home.assets': { type: 'cdk:asset-manifest', properties: { file: 'Home.assets.json' } },
        Certificates: aStackArtifact('Certificates', { environment: 'aws://123456789012/eu-west-1' }),
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
      },
    });
    await write('Home.template.json', { Resources: { Topic1234: { Type: 'AWS::SNS::Topic' } } });
    await write('Certificates.template.json', { Resources: {} });
    await write('Home.assets.json', {
      files: {
        abc: {
          source: { path: 'asset.abc', packaging: 'zip' },
          destinations: { here: { bucketName: 'cdk-${AWS::AccountId}-${AWS::Region}', objectKey: 'abc.zip' } },
        },
      },
    });
    const stacks = readAssembly(folder, place);
    expect(stacks.map(({ name, region }) => [name, region])).toEqual([
      ['Certificates', 'eu-west-1'],
      ['Home', 'us-east-1'],
    ]);
    expect(stacks[1]).toMatchObject({
      template: { Resources: { Topic1234: { Type: 'AWS::SNS::Topic' } } },
      assets: [{ bucket: 'cdk-123456789012-us-east-1', key: 'abc.zip', path: join(folder, 'asset.abc') }],
    });
    expect(stacks[1]?.paths?.get('Topic1234')).toBe('Home/Topic/Resource');
  });

  test('says in one sentence that a folder holds no assembly', () => {
    expect(() => readAssembly(folder, place)).toThrow(
      `Cannot read "manifest.json" of the cloud assembly in ${folder}: ENOENT`,
    );
  });

  test('refuses container images by name', async () => {
    await write('manifest.json', {
      artifacts: {
        Home: aStackArtifact('Home', { dependencies: ['Home.assets'] }),
        'Home.assets': { type: 'cdk:asset-manifest', properties: { file: 'Home.assets.json' } },
      },
    });
    await write('Home.template.json', { Resources: {} });
    await write('Home.assets.json', { dockerImages: { image1: {} } });
    expect(() => readAssembly(folder, place)).toThrow('Cannot deploy the container image "image1"');
  });
});
