import { expect, test } from '@jest/globals';
import { pointer } from '../../../domain/problems/pointer.ts';
import { problem } from '../../../domain/problems/problem.ts';

test('pointer() writes RFC 6901 as a URI fragment', () => {
  expect(pointer([])).toBe('#');
  expect(pointer(['aliases', 0])).toBe('#/aliases/0');
  expect(pointer(['a/b', 'm~n', 'c%d', 'e^f', ' ', 'ü', ''])).toBe('#/a~1b/m~0n/c%25d/e%5Ef/%20/%C3%BC/');
});

test('problem() carries the kind in its type, title and status', () => {
  expect(problem('site-exists', 'The site "shop.example.test" exists')).toEqual({
    type: 'urn:nameplate:problem:site-exists',
    title: 'The site exists',
    status: 409,
    detail: 'The site "shop.example.test" exists',
  });
});

test('problem() lists the fields only when there are any', () => {
  const errors = [{ pointer: '#/domain', detail: 'Is missing: must be a string' }];
  expect(problem('invalid-site', 'One field is wrong', errors)).toMatchObject({ status: 422, errors });
  expect(problem('invalid-site', 'One field is wrong')).not.toHaveProperty('errors');
});

test('B9: problem() lists 500 fields at most, and says how many more there are', () => {
  const errors = Array.from({ length: 8_000 }, (_, place) => ({ pointer: `#/${place}`, detail: 'Is not a field' }));
  const listed = problem('invalid-site', 'Fields are wrong', errors).errors ?? [];
  expect(listed).toHaveLength(501);
  expect(listed.at(-1)).toEqual({ pointer: '#', detail: '7500 more are not listed here' });
});

test('B9: pointer() tells half a character in a key, which no URI holds', () => {
  expect(pointer(['a\ud800b'])).toBe('#/a%EF%BF%BDb');
});
