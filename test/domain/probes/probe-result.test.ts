import { describe, expect, test } from '@jest/globals';
import {
  found,
  judgeInstanceSilence,
  judgeSilence,
  together,
  unseen,
  unseenInWords,
} from '../../../domain/probes/probe-result.ts';

const everywhere = ['0.0.0.0/0', '::/0'];
const silence = (address: string, failure: string) => ({ address, failure, message: `Cannot reach ${address}` });

describe('judgeSilence()', () => {
  test('takes silence of an open address for broken', () => {
    expect(judgeSilence(silence('203.0.113.7', 'ETIMEDOUT'), everywhere)).toEqual(
      found({ reason: 'unreachable', message: 'Cannot reach 203.0.113.7' }),
    );
  });

  test('does not blame an address for keeping us out as declared', () => {
    const mine = ['198.51.100.9/32'];
    expect(judgeSilence(silence('203.0.113.7', 'ETIMEDOUT'), mine)).toEqual(
      unseen('203.0.113.7', 'only 198.51.100.9/32 may come'),
    );
    expect(judgeSilence(silence('203.0.113.7', 'ECONNREFUSED'), mine).findings).toHaveLength(1);
  });

  test.each(['EAFNOSUPPORT', 'EPERM', 'EINVAL', 'ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'ETIMEDOUT'])(
    'A2: does not blame the site for IPv6 that a function lacks: %s',
    (failure) => {
      expect(judgeSilence(silence('2001:db8::7', failure), everywhere)).toEqual(
        unseen('2001:db8::7', 'IPv6 cannot be judged from here'),
      );
      expect(judgeSilence(silence('2001:db8::7', 'ECONNREFUSED'), everywhere).findings).toHaveLength(1);
    },
  );

  test.each(['EPERM', 'EINVAL', 'ENETUNREACH'])('takes %s from an IPv4 address for broken', (failure) => {
    expect(judgeSilence(silence('203.0.113.7', failure), everywhere).findings).toHaveLength(1);
  });
});

test.each([
  ['ETIMEDOUT', 'Cannot reach it, check that its security groups let port 8080 in'],
  ['ECONNREFUSED', 'Cannot reach it, check that its web server runs and listens on port 8080'],
  ['ECONNRESET', 'Cannot reach it'],
])('judgeInstanceSilence() says where to look after %s', (failure, message) => {
  expect(judgeInstanceSilence({ address: '203.0.113.7', failure, message: 'Cannot reach it' }, 8080)).toEqual(
    found({ reason: 'unreachable', message }),
  );
});

test.each(['EAFNOSUPPORT', 'ENETUNREACH', 'EADDRNOTAVAIL', 'ETIMEDOUT'])(
  'A2: judgeInstanceSilence() does not blame a server for IPv6 that a function lacks: %s',
  (failure) => {
    expect(judgeInstanceSilence(silence('2001:db8::7', failure), 443)).toEqual(
      unseen('2001:db8::7', 'IPv6 cannot be judged from here'),
    );
    expect(judgeInstanceSilence(silence('2001:db8::7', 'ECONNREFUSED'), 443).findings).toHaveLength(1);
  },
);

test('together() puts looks together and says once what was not seen', () => {
  const finding = { reason: 'unreachable' as const, message: 'x' };
  expect(together([found(finding, undefined), unseen('203.0.113.7', 'x'), unseen('203.0.113.7', 'x')])).toEqual({
    findings: [finding],
    unseen: [{ address: '203.0.113.7', why: 'x' }],
  });
});

test('unseenInWords() gives each reason once', () => {
  const all = [unseen('203.0.113.7', 'x'), unseen('203.0.113.8', 'x'), unseen('2001:db8::7', 'y')];
  expect(unseenInWords(together(all).unseen)).toBe(
    '; not seen from here: 203.0.113.7, 203.0.113.8 (x), 2001:db8::7 (y)',
  );
  expect(unseenInWords([])).toBe('');
});
