import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { EDGE_NAMES } from '../../domain/edges/edge.ts';
import { declaredOrigin } from '../../domain/origins/schema.ts';
import { declareSite } from '../../domain/sites/declare-site.ts';
import { PAGES, withPictures } from '../../infra/workflows/pictures.ts';
import { root } from '../support/paths.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

test.each(PAGES)(
  'the pictures of %s are those that the workflow files draw ("npx node infra/draw.ts" draws them anew)',
  (file) => {
    const page = readFileSync(join(root, file), 'utf8');
    expect(withPictures(page)).toBe(page);
  },
);

test('the README stays short enough to be read, beside the picture, which has a line for each way of the workflows', () => {
  const prose = readme.replace(/```mermaid[\s\S]*?```/, '');
  expect(prose.split('\n').length).toBeLessThanOrEqual(120);
});

test('every file that the README links to is there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path ?? '');
  expect(links.length).toBeGreaterThan(0);
  for (const path of links) expect(() => readFileSync(join(root, path))).not.toThrow(/ENOENT/);
});

test('every npm script that the README names exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [...readme.matchAll(/npm (?:run )?(demo|local|doctor|bench|deploy|ok|test|types|lint|format)\b/g)].map(
    ([, name]) => name ?? '',
  );
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  // npm runs "prepare" itself.
  const { prepare: _, ...typed } = scripts;
  expect(Object.keys(typed).length).toBeLessThanOrEqual(12);
});

test('the site document of the README is one that the API takes, and every edge and origin is named', () => {
  const [, document = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
  expect(declareSite(JSON.parse(document)).errors).toBeUndefined();
  for (const edge of EDGE_NAMES) expect(readme).toMatch(new RegExp(`"edge": "${edge}"|\`edge: "${edge}"\``));
  for (const kind of declaredOrigin.def.options.flatMap(({ shape }) => Object.keys(shape).slice(0, 1)))
    expect(readme).toContain(`"origin": { "${kind}":`);
});
