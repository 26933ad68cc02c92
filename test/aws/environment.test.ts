import { describe, expect, test } from '@jest/globals';
import { isInSmallInternet } from '../../aws/environment.ts';

describe('isInSmallInternet()', () => {
  test('says yes where the local AWS says so', () => {
    expect(isInSmallInternet({ SMALL_INTERNET: 'documentation' })).toBe(true);
  });

  test('B10: says no in Lambda, whatever variables the function was given', () => {
    const variables = { SMALL_INTERNET: 'documentation', AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };
    expect(isInSmallInternet({ ...variables, AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001' })).toBe(false);
  });

  test('says no where nothing is said', () => {
    expect(isInSmallInternet({})).toBe(false);
  });
});
