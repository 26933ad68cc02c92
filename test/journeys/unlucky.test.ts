import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Nameplate } from '../support/nameplate.ts';

let nameplate: Nameplate;
beforeAll(async () => {
  nameplate = await Nameplate.boot({ unluckyShare: 0.05 });
});
afterAll(() => nameplate.close());

test('with one call in twenty failing, before its effect or after it, the site goes live all the same', async () => {
  for (const shop of ['shop.example.test', 'blog.example.test']) {
    const mark = nameplate.aws.calls.mark();
    expect((await nameplate.onboard(shop, { directName: `direct.${shop}` })).state).toBe('live');
    const failed = nameplate.aws.calls.since(mark).filter(({ error }) => error === 'InternalFailure');
    expect(failed.length).toBeGreaterThan(0);
  }
});
