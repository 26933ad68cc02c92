import { describe, expect, test } from '@jest/globals';
import { matchRoute } from '../../../local/services/apigatewayv2/match-route.ts';

const routes = [
  'GET /pets/dog/1',
  'GET /pets/dog/{id}',
  'GET /pets/{proxy+}',
  'ANY /pets/dog/{id}',
  'GET /',
  '$default',
].map((key) => ({ id: key, key, authorization: 'NONE' as const, integrationId: 'i', operationName: undefined }));

describe('matchRoute()', () => {
  test.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', {}],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['POST', '/pets/dog/2', 'ANY /pets/dog/{id}', { id: '2' }],
    ['GET', '/pets/cat/2', 'GET /pets/{proxy+}', { proxy: 'cat/2' }],
    ['GET', '/pets/caf%C3%A9', 'GET /pets/{proxy+}', { proxy: 'café' }],
    ['GET', '/', 'GET /', {}],
    ['POST', '/test', '$default', {}],
  ])('leads %s %s to "%s"', (method, path, key, parameters) => {
    expect(matchRoute(routes, { method, path })).toMatchObject({ route: { key }, parameters });
  });

  test('finds nothing for a path that differs by a slash at its end', () => {
    expect(matchRoute(routes.slice(0, 2), { method: 'GET', path: '/pets/dog/1/' })).toBeUndefined();
  });
});
