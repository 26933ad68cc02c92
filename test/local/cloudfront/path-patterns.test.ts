import { expect, test } from '@jest/globals';
import { behaviorFor, normalized } from '../../../local/services/cloudfront/edge/behavior.ts';
import { aConfig } from './a-cloudfront.ts';

test.each([
  ['/a/b', '/a/b'],
  ['/a/../b', '/b'],
  ['/a/./b', '/a/b'],
  ['/a/b/..', '/a/'],
  ['/../a', '/a'],
  ['/a/%2E%2e/b', '/b'],
  ['/%61%2Fb', '/a%2Fb'],
  ['/%c3%a9', '/%C3%A9'],
  ['//a', '//a'],
  ['/', '/'],
])('%s is compared with patterns as %s', (path, expected) => {
  expect(normalized(path)).toBe(expected);
});

test('a path that leaves a folder by dots has the behavior of the folder that it leads to', () => {
  const behaviors = ['/pages/*', '/shop/*'].map((PathPattern) => ({ PathPattern }));
  const config = { ...aConfig(), CacheBehaviors: { Quantity: 2, Items: behaviors } };
  expect(behaviorFor(config as never, '/pages/../shop/a')).toMatchObject({ PathPattern: '/shop/*' });
});
