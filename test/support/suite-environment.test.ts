import { Route53Client } from '@aws-sdk/client-route-53';
import { expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

/** Plain JavaScript, as Jest takes it. */
const { default: SuiteEnvironment } = await import(new URL('suite-environment.mjs', import.meta.url).href);

test('what a suite leaves in the realm that it shares with others is gone once it has ended', async () => {
  const { send } = Route53Client.prototype;
  const { fetch } = globalThis;
  const environment = new SuiteEnvironment();
  mockClient(Route53Client);
  Object.assign(globalThis, { left: 'behind', fetch: undefined });
  Object.assign(process.env, { LEFT: 'behind', PATH: '' });
  await environment.teardown();
  expect(Route53Client.prototype.send).toBe(send);
  expect(globalThis).not.toHaveProperty('left');
  expect(globalThis.fetch).toBe(fetch);
  expect(process.env).not.toHaveProperty('LEFT');
  expect(process.env['PATH']).not.toBe('');
});
