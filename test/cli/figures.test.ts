import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { figures } from '../../cli/figures.ts';

const onboarding = { onboardingSeconds: 253, scheme: 'https', boundSeconds: 237, wallSeconds: 23.4 } as const;
const plain = (measured: Parameters<typeof figures>[0]): string[] =>
  stripVTControlCharacters(figures(measured)).split('\n').slice(1);

test('figures() hold each time against what it is measured by, in 80 columns', () => {
  const arithmetic = { seconds: 90, words: '3 × 10 s + TTL 60 s' };
  const lines = plain({ ...onboarding, outage: { pageSeconds: 63, returnSeconds: 90, arithmetic } });
  expect(lines).toEqual([
    '  Request to verified HTTPS  4 min 13 s   1.07 × the lower bound, 3 min 57 s',
    '  Outage to page             1 min 03 s   0.70 × (3 × 10 s + TTL 60 s)',
    '  Recovery to site           1 min 30 s   1.00 × (3 × 10 s + TTL 60 s)',
    '  All of it, on the wall         23.4 s',
  ]);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(80);
});

test('figures() leave out an outage that was not shown, and name what the site is verified by', () => {
  const lines = plain({ ...onboarding, scheme: 'http' });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('Request to verified HTTP ');
});

test('figures() hold an outage that CloudFront covers itself against nothing', () => {
  const lines = plain({ ...onboarding, outage: { pageSeconds: 1.3, returnSeconds: 1.1 } });
  expect(lines[1]).toBe('  Outage to page                  1.3 s   by CloudFront, without DNS');
});
