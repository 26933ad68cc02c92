import { expect, test } from '@jest/globals';
import { asTyped } from '../../cli/as-typed.ts';

test.each([
  ['nameplate', undefined],
  ['npx nameplate', 'exec'],
  ['npx nameplate', 'run-script'],
])('a next command begins with "%s" for whoever came by npm\'s "%s"', (begins, npm_command) => {
  expect(asTyped('list', npm_command === undefined ? {} : { npm_command })).toBe(`${begins} list`);
});
