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

test.each(['pending', 'stopping', 'stopped', 'shutting-down'])(
  'instanceProblem() refuses an instance that is "%s"',
  (state) => {
    expect(instanceProblem('i-0123456789abcdef0', anInstance({ state }))).toEqual({
      pointer: '#/origin/instance/id',
      detail: `Cannot use the instance "i-0123456789abcdef0": it is "${state}"; start it and declare the site again`,
    });
  },
);
