import { describe, expect, test } from '@jest/globals';
import { authorizationFindings, type SeenCaa } from '../../../domain/preflight/authorization-findings.ts';
import { delegationFinding, isDelegationAwaited } from '../../../domain/preflight/delegation-findings.ts';
import type { DelegationView } from '../../../domain/zones/delegation.ts';
import { judgeAuthorization } from '../../../resources/gates/authorization/judge.ts';
import { judgeZones } from '../../../resources/gates/delegation/judge.ts';

const nameServers = ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net'];
const view = (named: string[], changes: Partial<DelegationView> = {}): DelegationView => ({
  zone: 'example.test',
  nameServers,
  seen: { parent: 'test', nameServers: named, hasDs: false },
  signed: false,
  ...changes,
});
const refused = (...servers: string[]) => servers.map((server) => ({ server, answered: true, why: 'REFUSED' }));
const issue = (value: string) => ({ at: 'example.test', properties: [{ critical: false, tag: 'issue', value }] });

describe('a plan foresees what the gate will say', () => {
  test.each<[string, DelegationView, 'open' | 'closed' | 'failed']>([
    ['a zone that is delegated', view(nameServers), 'open'],
    ['to a part of its name servers', view(nameServers.slice(1)), 'open'],
    ['a part of which does not answer', view(nameServers, { lame: refused('ns-1.awsdns-01.com') }), 'open'],
    ['none of which answers', view(nameServers, { lame: refused(...nameServers) }), 'closed'],
    ['to nothing', view([]), 'closed'],
    ['to other name servers', view(['ns1.registrar.test']), 'closed'],
    ['that cannot be looked at', view([], { seen: { failure: 'no answer' } }), 'closed'],
    ['below one that leads nowhere', view([], { seen: { failure: 'refused', deafZone: 'example.test' } }), 'closed'],
    ['with a DS record above, unsigned', view([], { seen: { parent: 'test', nameServers, hasDs: true } }), 'failed'],
  ])('A11: of a zone %s', (_, seen, state) => {
    const finding = delegationFinding(seen);
    expect(judgeZones({ zones: [seen] })).toMatchObject({ state, message: finding.message });
    expect(finding.severity === 'error').toBe(state === 'failed');
    const isUnknown = finding.check === 'delegationNotChecked';
    expect(isDelegationAwaited(finding) || isUnknown).toBe(state === 'closed');
  });

  test.each<[string, SeenCaa, 'open' | 'closed' | 'failed', string]>([
    ['let ACM issue', { name: 'shop.example.test', set: issue('amazon.com') }, 'open', 'info'],
    ['forbid it', { name: 'shop.example.test', set: issue(';') }, 'failed', 'error'],
    ['cannot be asked for', { name: 'shop.example.test', failure: 'no answer' }, 'closed', 'warning'],
  ])('A5: of CAA records that %s', (_, seen, state, severity) => {
    expect(judgeAuthorization([seen])).toMatchObject({ state });
    expect(authorizationFindings([seen])).toMatchObject([{ severity }]);
  });
});
