import { expect, test } from '@jest/globals';
import { instanceProblem } from '../../../domain/servers/instance-checks.ts';
import { anInstance } from '../../support/servers.ts';

test('instanceProblem() finds nothing wrong with a running instance', () => {
  expect(instanceProblem('i-0123456789abcdef0', anInstance())).toBeUndefined();
});

test.each([undefined, anInstance({ state: 'terminated' })])(
  'instanceProblem() says when there is none: %j',
  (instance) => {
    expect(instanceProblem('i-0123456789abcdef0', instance)?.detail).toMatch(
      /^Cannot find the instance "i-0123456789abcdef0"/,
    );
  },
);

test.each([
  ['pending', 'it is starting: wait until it runs'],
  ['stopping', 'wait until it has stopped, start it'],
  ['stopped', 'start it'],
  ['shutting-down', 'it is being terminated and cannot be started: name another instance'],
])('C8: instanceProblem() says what can be done about an instance that is "%s"', (state, fix) => {
  expect(instanceProblem('i-0123456789abcdef0', anInstance({ state }))).toEqual({
    pointer: '#/origin/instance/id',
    detail: `Cannot use the instance "i-0123456789abcdef0": it is "${state}"; ${fix} and declare the site again`,
  });
});
