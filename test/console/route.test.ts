import { describe, expect, test } from '@jest/globals';
import { matchPath, sitePath } from '../../console/route.ts';

describe('matchPath()', () => {
  test('gives what the segments stand for, decoded', () => {
    expect(matchPath('/sites/:domain', sitePath('bücher.example'))).toEqual({ domain: 'bücher.example' });
  });

  test('takes a slash at the end as none', () => {
    expect(matchPath('/alerts', '/alerts/')).toEqual({});
  });

  test.each([
    ['/sites/:domain', '/sites'],
    ['/sites/:domain', '/sites/a/b'],
    ['/', '/alerts'],
  ])('of "%s" does not take "%s"', (pattern, path) => {
    expect(matchPath(pattern, path)).toBeUndefined();
  });

  test('takes a segment that is no valid escape as it is', () => {
    expect(matchPath('/sites/:domain', '/sites/100%')).toEqual({ domain: '100%' });
  });
});
