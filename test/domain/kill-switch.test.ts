import { expect, test } from '@jest/globals';
import { whyStopped } from '../../domain/kill-switch.ts';

const parameter = '/nameplate/Nameplate/mutation';

test('whyStopped() lets changes go on while the parameter says "allowed"', () => {
  expect(whyStopped(parameter, 'allowed')).toBeUndefined();
});

test.each([
  ['stopped', 'is "stopped"'],
  ['', 'is neither "allowed" nor "stopped"'],
  ['Allowed', 'is neither "allowed" nor "stopped"'],
  ['stop', 'is neither "allowed" nor "stopped"'],
  [undefined, 'there is no parameter'],
])('S14: whyStopped() stops all changes when it says %j', (value, why) => {
  expect(whyStopped(parameter, value)).toContain(why);
});
