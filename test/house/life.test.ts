import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { OPERATION_NAMES } from '../../domain/sites/life/operations.ts';
import { SITE_STATES } from '../../domain/sites/life/states.ts';
import { root } from '../support/paths.ts';

const LIFE = 'domain/sites/life/';
const files = globSync('{domain,aws,resources,functions}/**/*.ts', { cwd: root }).filter(
  (file) => !file.startsWith(LIFE),
);

/** Lines that match, as "file: line". */
function linesWith(pattern: RegExp): string[] {
  return files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
}

test('nothing asks for the name of an operation: what it does is a fact of domain/sites/life/', () => {
  const names = OPERATION_NAMES.join('|');
  expect(linesWith(new RegExp(`operation\\??\\.name\\s*[!=]==|\\bname\\s*[!=]==\\s*'(${names})'`, 'i'))).toEqual([]);
});

test('nothing compares the state of a site: what it means is a fact of domain/sites/life/', () => {
  // Steps fail, and requests for certificates are pending, too.
  const states = SITE_STATES.filter((state) => state !== 'failed' && state !== 'pending').join('|');
  expect(linesWith(new RegExp(`\\bstate\\s*(?:[!=]==|:)\\s*'(${states})'`))).toEqual([]);
});
