import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { shellWord } from '../../domain/shell-word.ts';

test.each(['/tmp/nameplate-a1/ca.pem', '/tmp/my files/ca.pem', "/tmp/it's/$HOME/`ls`", ''])(
  'shellWord() makes one word of %j',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
  },
);

test('shellWord() leaves a plain path as it is', () => {
  expect(shellWord('/tmp/nameplate-a1/ca.pem')).toBe('/tmp/nameplate-a1/ca.pem');
});
