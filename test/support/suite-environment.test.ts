import { Route53Client } from '@aws-sdk/client-route-53';
import { expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

/** Plain JavaScript, as Jest takes it. */
const { default: SuiteEnvironment } = await import(new URL('suite-environment.mjs', import.meta.url).href);

test('what a suite changes in the realm that it shares with others is as it was once it has ended', async () => {
  const { send } = Route53Client.prototype;
  const { fetch } = globalThis;
  const handlers = Symbol.for('EVENT_HANDLERS_OF_A_SUITE');
  const environment = new SuiteEnvironment();
  mockClient(Route53Client);
  Object.assign(globalThis, { fetch: undefined, [handlers]: [] });
  Object.assign(process.env, { LEFT: 'behind', PATH: '' });
  await environment.teardown();
  expect(Route53Client.prototype.send).toBe(send);
  expect(Reflect.has(globalThis, handlers)).toBe(false);
  expect(globalThis.fetch).toBe(fetch);
  expect(process.env).not.toHaveProperty('LEFT');
  expect(process.env['PATH']).not.toBe('');
});

test('what packages keep there for all copies of them stays', async () => {
  const environment = new SuiteEnvironment();
  Object.assign(globalThis, { __ofPackage: 1 });
  await environment.teardown();
  expect(globalThis).toHaveProperty('__ofPackage', 1);
  Reflect.deleteProperty(globalThis, '__ofPackage');
});
