import { describe, expect, test } from '@jest/globals';
import { instanceProblem } from '../../../domain/servers/instance-checks.ts';
import { anInstance } from '../../support/servers.ts';

test('instanceProblem() finds nothing wrong with a running instance', () => {
  expect(instanceProblem('i-0123456789abcdef0', anInstance(), undefined)).toBeUndefined();
});

test.each([undefined, anInstance({ state: 'terminated' })])(
  'instanceProblem() says when there is none: %j',
  (instance) => {
    expect(instanceProblem('i-0123456789abcdef0', instance, 'acme')?.detail).toMatch(
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
  expect(instanceProblem('i-0123456789abcdef0', anInstance({ state }), undefined)).toEqual({
    pointer: '#/origin/instance/id',
    detail: `Cannot use the instance "i-0123456789abcdef0": it is "${state}"; ${fix} and declare the site again`,
  });
});

describe('B4: an instance of a site with a tenant', () => {
  const id = 'i-0123456789abcdef0';

  test('is fine when it bears the tag of that tenant', () => {
    expect(instanceProblem(id, anInstance({ tenant: 'acme' }), 'acme')).toBeUndefined();
  });

  test.each([
    ['of no tenant', {}],
    ['of another tenant', { tenant: 'globex' }],
    ['of one whose name begins alike', { tenant: 'acme-2' }],
    ['of another tenant, and stopped', { tenant: 'globex', state: 'stopped' }],
  ])('is refused when it is %s, in the same words', (_name, changes) => {
    expect(instanceProblem(id, anInstance(changes), 'acme')).toEqual({
      pointer: '#/origin/instance/id',
      detail: `Cannot use the instance "${id}": it has no tag "nameplate:tenant" with the value "acme"; if it is this tenant's, run "aws ec2 create-tags --resources ${id} --tags Key=nameplate:tenant,Value=acme" and declare the site again`,
    });
  });

  test('is any, tagged or not, where the site has no tenant', () => {
    expect(instanceProblem(id, anInstance({ tenant: 'globex' }), undefined)).toBeUndefined();
  });
});
