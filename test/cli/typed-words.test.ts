import { expect, test } from '@jest/globals';
import { program } from '../../cli/program.ts';
import { typedWords } from '../../cli/typed-words.ts';

test.each([
  ['options before the command go behind it', '--profile p list', 'list --profile p'],
  ['so do those of a command of a command', '--local maintenance on a.test', 'maintenance on a.test --local'],
  [
    'an option with a command for its value is left without one, and refused',
    '--stack list show a',
    'list show a --stack',
  ],
  ['the version is no option of a command', '--version list', '--version list'],
  ['"help plan" is "plan --help"', 'help plan', 'plan --help'],
  ['so is it of a command of a command', 'help maintenance on', 'maintenance on --help'],
  ['and behind its parent', 'maintenance help on', 'maintenance on --help'],
  ['help alone is that of all', 'help', '--help'],
  ['"--help plan" is "plan --help"', '--help plan', 'plan --help'],
  ['help of a command that is none is that word alone', 'help paln', 'paln'],
  ['so is it by the option', 'paln --help', 'paln'],
  ['so is it below a command', 'maintenance onn -h', 'maintenance onn'],
  ['what a command takes is not looked at', 'show help', 'show help'],
  ['a command of the checkout gets all words', 'deploy -c a=b --help', 'deploy -c a=b --help'],
])('%s', (_, typed, taken) => {
  expect(typedWords(program(), typed.split(' ')).join(' ')).toBe(taken);
});
