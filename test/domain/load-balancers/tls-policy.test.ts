import { expect, test } from '@jest/globals';
import { TLS_POLICY, tlsPolicyFor } from '../../../domain/load-balancers/tls-policy.ts';
import { tlsPolicy } from '../../../local/services/elbv2/listeners/tls-policies.ts';

test.each([
  [undefined, TLS_POLICY],
  ['ELBSecurityPolicy-2016-08', TLS_POLICY],
  ['ELBSecurityPolicy-TLS13-1-2-2021-06', TLS_POLICY],
  ['ELBSecurityPolicy-TLS13-1-2-Res-2021-06', TLS_POLICY],
  ['ELBSecurityPolicy-TLS13-1-3-PQ-2025-09', 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09'],
  ['ELBSecurityPolicy-Next-2027-01', 'ELBSecurityPolicy-Next-2027-01'],
  ['of-no-month', TLS_POLICY],
])('A8: tlsPolicyFor() has "%s" become "%s"', (standing, wanted) => {
  expect(tlsPolicyFor(standing)).toBe(wanted);
});

test('A8: the local ELB knows the recommended policy and its neighbours', () => {
  for (const kind of ['TLS13-1-3', 'TLS13-1-2', 'TLS13-1-2-Res', 'TLS13-1-2-Ext1', 'TLS13-1-2-Ext2', 'TLS13-1-0']) {
    expect(tlsPolicy(`ELBSecurityPolicy-${kind}-PQ-2025-09`)).toMatchObject({ postQuantum: true });
  }
  expect(tlsPolicy(TLS_POLICY).ciphers.filter((name) => !/GCM|CHACHA20/.test(name))).toEqual([]);
});
