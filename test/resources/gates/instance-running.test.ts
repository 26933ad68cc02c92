import { expect, test } from '@jest/globals';
import { judgeInstance } from '../../../resources/gates/instance-running/judge.ts';

const stateOf = (state: string | undefined) => judgeInstance({ id: 'i-0123456789abcdef0', state }).state;

test('the instance is waited for until it runs, also while EC2 does not return it', () => {
  expect([undefined, 'pending', 'running'].map(stateOf)).toEqual(['closed', 'closed', 'open']);
});

test.each(['shutting-down', 'terminated', 'stopping', 'stopped'])('waiting cannot help one that is %s', (state) => {
  expect(stateOf(state)).toBe('failed');
});
