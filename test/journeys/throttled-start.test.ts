import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Nameplate } from '../support/nameplate.ts';

const SECONDS_A_START = 30;

let nameplate: Nameplate;
beforeAll(async () => {
  nameplate = await Nameplate.boot({ starts: { burst: 1, perSecond: 1 / SECONDS_A_START } });
});
afterAll(() => nameplate.close());

test('sites whose workflows cannot be started yet are answered 503, and go live by the same requests (A7)', async () => {
  const domains = ['shop.example.test', 'blog.example.test'];
  const refused: number[] = [];
  for (const domain of domains) {
    const ask = () => nameplate.post(nameplate.document(domain), { 'idempotency-key': domain });
    let answer = await ask();
    while (answer.status !== 202) {
      refused.push(answer.status);
      expect(answer.headers.get('retry-after')).toBe('5');
      await nameplate.aws.clock.advance(SECONDS_A_START * 1000);
      answer = await ask();
    }
  }
  expect(refused).toEqual([503]);
  for (const domain of domains) expect(await nameplate.ended(domain)).toMatchObject({ state: 'live', revision: 1 });
});
