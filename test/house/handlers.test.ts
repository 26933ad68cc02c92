import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { functionFiles } from '../../infra/bundle.ts';
import { root } from '../support/paths.ts';

test('every function has a test of its own, against the clients it asks with', () => {
  const tests = globSync('test/functions/*/*.test.ts', { cwd: root }).map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  expect(functionFiles().filter((file) => !tests.some((text) => text.includes(`/${file}'`)))).toEqual([]);
});
