import { describe, expect, test } from '@jest/globals';
import { fewAtATime } from '../../../resources/probes/few-at-a-time.ts';
import { seeing, silent } from '../../support/probes.ts';

const remaining = () => 30_000;
const target = (address: string, name = 'shop.test') => ({ address, port: 443, name, path: '/' });

describe('fewAtATime()', () => {
  test('B8: has 16 connections open at once', async () => {
    let open = 0;
    let most = 0;
    const { probes } = seeing({
      plain: async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise(setImmediate);
        open -= 1;
        return { status: 200, body: '' };
      },
    });
    const few = fewAtATime(probes, { remaining });
    await Promise.all(Array.from({ length: 160 }, (_, place) => few.plain(target(`9.9.9.${place}`))));
    expect(most).toBe(16);
  });

  test('asks no address again that was silent', async () => {
    const { probes, looked } = seeing({ secure: silent('ETIMEDOUT') });
    const few = fewAtATime(probes, { remaining });
    for (const name of ['a.test', 'b.test', 'c.test'])
      await expect(few.secure(target('9.9.9.9', name))).rejects.toMatchObject({ failure: 'ETIMEDOUT' });
    expect(looked).toHaveLength(1);
  });

  test('begins no look that might not end in time, and says so', async () => {
    const { probes, looked } = seeing();
    const few = fewAtATime(probes, { remaining: () => 5_000 });
    await expect(few.plain(target('9.9.9.9'))).rejects.toThrow('no time was left');
    expect(looked).toEqual([]);
  });
});
