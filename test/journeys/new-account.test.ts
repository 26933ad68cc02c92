import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Nameplate } from '../support/nameplate.ts';

let nameplate: Nameplate;
beforeAll(async () => {
  // A new account may have 10; two sites at once want more than 2.
  nameplate = await Nameplate.boot({ concurrency: 2 });
});
afterAll(() => nameplate.close());

test('two sites at once go live in an account where two functions run at once (A7)', async () => {
  const domains = ['shop.example.test', 'blog.example.test'];
  for (const domain of domains) await nameplate.begin(domain);
  for (const domain of domains) expect((await nameplate.ended(domain)).state).toBe('live');
  const throttled = nameplate.aws.calls.since().filter(({ error }) => error === 'TooManyRequestsException');
  expect(throttled.length).toBeGreaterThan(0);
});
