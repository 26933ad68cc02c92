import { describe, expect, test } from '@jest/globals';
import type { SeenEntry } from '../../../domain/entries/entry.ts';
import type { DelegatingZone } from '../../../domain/ledger/outputs.ts';
import type { DelegationView } from '../../../domain/zones/delegation.ts';
import type { ElsewhereView } from '../../../domain/zones/delegation-elsewhere.ts';
import { type DelegationSight, judgeNames, provenIn } from '../../../resources/gates/delegation/judge.ts';
import { aGateScope, now } from '../../support/gate-scope.ts';
import { aStepItem } from '../../support/site.ts';
import { aSiteZone, domain } from '../../support/steps.ts';

const { nameServers } = aSiteZone();
const above = (named: string[], hasDs = false) => ({ parent: 'test', nameServers: named, hasDs });
const zone = (changes: Partial<DelegationView> = {}): DelegationView => ({
  zone: 'example.test',
  nameServers,
  seen: above(nameServers),
  signed: false,
  ...changes,
});
const elsewhere = (changes: Partial<ElsewhereView> = {}): ElsewhereView => ({
  zone: 'example.test',
  seen: above(['ns1.other-dns.net']),
  lame: [],
  signed: undefined,
  ...changes,
});
const challenge = (seen: SeenEntry['seen']): SeenEntry => ({
  name: `_nameplate-challenge.${domain}`,
  type: 'TXT',
  values: ['nameplate-challenge=x'],
  for: 'ownership',
  seen,
  note: '',
  ttlSeconds: 0,
});
const issue = (value: string) => ({ at: 'example.test', properties: [{ critical: false, tag: 'issue', value }] });
const delegating: DelegatingZone = {
  zone: 'example.test',
  silenced: ['api.example.test A'],
  elsewhere: 'Or keep the zone where it is',
  rememberedSeconds: 3_600,
};

const foreign = zone({ seen: above(['ns1.registrar.test']) });
const unsigned = { seen: above(nameServers, true) };
const refused = { server: 'ns1.other-dns.net', answered: true, why: 'REFUSED' };

describe('judgeNames()', () => {
  test.each<[string, DelegationSight, object]>([
    ['is open once the parent names the name servers of the zone', { zones: [zone()] }, { state: 'open' }],
    [
      'A11: is closed while nothing is delegated, with what to enter where',
      { zones: [zone({ seen: above([]) })] },
      { state: 'closed', message: expect.stringContaining(`at your registrar: ${nameServers.join(', ')}`) },
    ],
    [
      'A11: is closed while the parent names others',
      { zones: [zone(), foreign] },
      { state: 'closed', message: expect.stringContaining('names ns1.registrar.test, which is no name server') },
    ],
    [
      'is closed while the parent cannot be asked: silence is no verdict',
      { zones: [zone({ seen: { failure: 'no answer' } })] },
      { state: 'closed', message: 'Cannot check the delegation of "example.test" now: no answer' },
    ],
    [
      'C5: is ailing where the hosted zone no longer exists, and has nobody delegate to its name servers',
      { gone: [aSiteZone()] },
      { state: 'ailing', failure: expect.stringContaining('Do not delegate to ns-1') },
    ],
    [
      'R17: fails at a DS record above a zone that is not signed, before it waits for another zone',
      { zones: [foreign, zone(unsigned)] },
      { state: 'failed', name: 'Misconfigured' },
    ],
    ['R17: is open where the zone is signed', { zones: [zone({ ...unsigned, signed: true })] }, { state: 'open' }],
    [
      'C4: is open where another provider answers for the zone and the challenge',
      { elsewhere: [elsewhere()], caa: [], challenges: [challenge('seen')] },
      {
        state: 'open',
        message: expect.stringMatching(/^"example\.test" is delegated, and its name servers answer for it\. .*proven/),
      },
    ],
    [
      'C4: is closed while none of the name servers of the other provider answers',
      { elsewhere: [elsewhere({ lame: [refused] })] },
      { state: 'closed', message: expect.stringContaining('ns1.other-dns.net answers REFUSED') },
    ],
    [
      'A5: fails at CAA records that forbid ACM before a person enters anything',
      { elsewhere: [elsewhere()], caa: [{ name: domain, set: issue(';') }], challenges: [challenge('missing')] },
      { state: 'failed', name: 'Misconfigured', message: expect.stringContaining('CAA 0 issue "amazon.com"') },
    ],
    [
      'S2: is closed while the challenge is missing, with the record to enter',
      { zones: [zone()], challenges: [challenge('missing')] },
      { state: 'closed', message: expect.stringContaining(`Enter _nameplate-challenge.${domain} TXT`) },
    ],
  ])('%s', (_, sight, verdict) => {
    expect(judgeNames(sight, aGateScope())).toMatchObject(verdict);
  });

  test('S3: fails where the name was proven, and is proven no longer', () => {
    const item = { proven: { [challenge('seen').name]: '2026-10-01T12:00:00.000Z' } };
    const verdict = judgeNames({ zones: [zone()], challenges: [challenge('missing')] }, aGateScope({ item }));
    expect(verdict).toMatchObject({ state: 'failed', name: 'Unproven' });
    expect(verdict.message).toMatch(/last seen on 2026-10-01.*Then resume the site$/);
  });

  test.each([
    ['not yet', above([])],
    ['as before', foreign.seen],
  ])('asks nobody to enter a delegation that the site has written while name servers answer %s', (_, seen) => {
    const made = [{ type: 'delegation' as const, id: 'example.test', ours: true }];
    const scope = aGateScope({ steps: [aStepItem('WriteDelegation', { made })] });
    const { state, message } = judgeNames({ zones: [zone({ seen })] }, scope);
    expect(state).toBe('closed');
    expect(message).toContain('the site has written that');
    expect(message).not.toMatch(/Enter|Replace/);
  });

  test('says what to copy before the name servers are entered, and how long resolvers remember after it', () => {
    const scope = aGateScope({ outputs: { FindZone: { zones: [], nameServers, delegating: [delegating] } } });
    expect(judgeNames({ zones: [foreign] }, scope).message).toMatch(
      /Before that, copy into the hosted zone .*: api\.example\.test A\. Or keep the zone where it is$/,
    );
    expect(judgeNames({ zones: [zone()] }, scope).message).toContain(
      'Resolvers may answer for "example.test" as before the delegation',
    );
  });
});

describe('provenIn()', () => {
  test('B3: counts the names as proven once their zones are delegated to the account', () => {
    const at = now.toISOString();
    expect(provenIn({ zones: [zone()] }, aGateScope())).toEqual({ [domain]: at, [`www.${domain}`]: at });
  });

  test('B2: counts the challenge where the zone is not proof enough', () => {
    const sight = { zones: [zone()], challenges: [challenge('seen')] };
    expect(provenIn(sight, aGateScope())).toEqual({ [challenge('seen').name]: now.toISOString() });
  });

  test('changes nothing while the zones are not delegated, or no longer exist', () => {
    expect(provenIn({ zones: [foreign] }, aGateScope())).toBeUndefined();
    expect(provenIn({ gone: [aSiteZone()] }, aGateScope())).toBeUndefined();
  });
});
