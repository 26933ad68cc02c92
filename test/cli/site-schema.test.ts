import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSiteFile } from '../../cli/site-file.ts';
import { siteSchema } from '../../cli/site-schema.ts';

type Schema = Record<string, unknown> & { properties?: Record<string, Schema>; description?: string };

/** Every property of a JSON Schema, at any depth, with its path. */
function propertiesOf(schema: Schema, at = ''): [string, Schema][] {
  const own = Object.entries(schema.properties ?? {}).map(([name, each]): [string, Schema] => [`${at}.${name}`, each]);
  const inner = ['anyOf', 'oneOf', 'allOf', 'items', 'additionalProperties']
    .flatMap((word) => schema[word] ?? [])
    .filter((each): each is Schema => typeof each === 'object');
  return [
    ...own.flatMap(([path, each]): [string, Schema][] => [[path, each], ...propertiesOf(each, path)]),
    ...inner.flatMap((each) => propertiesOf(each, at)),
  ];
}

const properties = propertiesOf(siteSchema() as Schema);

test('an editor shows what every field of a site document means', () => {
  expect(properties.length).toBeGreaterThan(50);
  expect(properties.filter(([, { description }]) => !description).map(([path]) => path)).toEqual([]);
});

test('an editor knows names of domains, and offers an example', () => {
  const names = properties.filter(([path]) => /\.(domain|directName|originName)$/.test(path));
  expect(names.length).toBeGreaterThan(3);
  for (const [, schema] of names)
    expect(schema).toMatchObject({ format: 'idn-hostname', examples: ['shop.example.com'] });
});

test.each([
  ['site.json', '{"$schema": "./nameplate.schema.json", "domain": "shop.example.com"}'],
  ['site.yaml', '$schema: ./nameplate.schema.json\ndomain: shop.example.com\n'],
  ['commented.yml', '# yaml-language-server: $schema=./nameplate.schema.json\ndomain: shop.example.com\n'],
])('%s may name its schema, which is no part of what is sent', async (name, text) => {
  const folder = mkdtempSync(join(tmpdir(), 'nameplate-schema-'));
  writeFileSync(join(folder, name), text);
  expect(JSON.parse(await readSiteFile(name, folder))).toEqual({ domain: 'shop.example.com' });
  rmSync(folder, { recursive: true });
});
