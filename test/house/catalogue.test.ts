import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../support/paths.ts';
import { readCatalogue } from './catalogue.ts';

const { known, covered } = readCatalogue(root);

test('the catalogue has every failure of its four sections once, in order, then those of whose a name is', () => {
  const section = (letter: string, count: number) =>
    Array.from({ length: count }, (_, place) => `${letter}${place + 1}`);
  const all = [...section('A', 23), ...section('R', 32), ...section('L', 15), ...section('W', 16)];
  expect(known.map(({ id }) => id)).toEqual([...all, 'S1', 'S2', 'S3', 'S13', 'S14', 'S15']);
});

test('the README tells how many of them have a test', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  expect(readme).toContain(`${covered.length} of the ${known.length} failures`);
});
