import { describe, expect, test } from '@jest/globals';
import type { SeenCaa } from '../../../domain/preflight/authorization-findings.ts';
import { judgeAuthorization } from '../../../resources/gates/authorization/judge.ts';

const issue = (value: string) => ({ critical: false, tag: 'issue', value });
const allowed: SeenCaa = { name: 'shop.example.test', set: { at: 'example.test', properties: [issue('amazon.com')] } };
const none: SeenCaa = { name: 'www.shop.example.test', set: undefined };
const forbidden: SeenCaa = { name: 'www.shop.example.test', set: { at: 'example.test', properties: [issue(';')] } };
const silent: SeenCaa = { name: 'www.shop.example.test', failure: 'no name server answers' };

describe('judgeAuthorization()', () => {
  test.each<[string, SeenCaa[], object]>([
    [
      'is open without a look where no certificate is requested',
      [],
      { state: 'open', message: 'Skipped the check of CAA: no certificate is requested' },
    ],
    [
      'is open where records allow Amazon, or there are none',
      [allowed, none],
      { state: 'open', message: 'CAA lets ACM issue for "shop.example.test", "www.shop.example.test"' },
    ],
    [
      'A5: fails where records allow others only, with the record to add',
      [allowed, forbidden],
      {
        state: 'failed',
        name: 'Misconfigured',
        message: expect.stringContaining('example.test CAA 0 issue "amazon.com"'),
      },
    ],
    [
      'is closed while a name server gives no answer: no authority may issue then',
      [allowed, silent],
      { state: 'closed', message: 'Cannot check CAA for "www.shop.example.test" now: no name server answers' },
    ],
    ['looks at all names before it fails', [forbidden, { ...silent, name: 'shop.example.test' }], { state: 'closed' }],
  ])('%s', (_, seen, verdict) => {
    expect(judgeAuthorization(seen)).toMatchObject(verdict);
  });

  test('says a reason once that holds for several names', () => {
    const { message } = judgeAuthorization([forbidden, forbidden]);
    expect(message.split('Cannot get a certificate')).toHaveLength(2);
  });
});
