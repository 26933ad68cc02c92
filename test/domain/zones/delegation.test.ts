import { describe, expect, test } from '@jest/globals';
import { type DelegationView, judgeDelegation } from '../../../domain/zones/delegation.ts';

const nameServers = ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net', 'ns-3.awsdns-03.org', 'ns-4.awsdns-04.co.uk'];
const seeing = (named: string[], changes: Partial<DelegationView> = {}, hasDs = false) =>
  judgeDelegation({
    zone: 'shop.example.test',
    nameServers,
    seen: { parent: 'example.test', nameServers: named, hasDs },
    signed: false,
    ...changes,
  });

describe('judgeDelegation()', () => {
  test('is content when the parent names exactly the name servers of the zone', () => {
    expect(seeing(nameServers.toReversed()).verdict).toBe('delegated');
  });

  test('tells what to enter where when nothing is delegated', () => {
    expect(seeing([])).toEqual({
      verdict: 'missing',
      message:
        'Waiting until "shop.example.test" is delegated: "example.test" has no NS records for it. Enter these name servers where "example.test" is managed: ns-1.awsdns-01.com, ns-2.awsdns-02.net, ns-3.awsdns-03.org, ns-4.awsdns-04.co.uk',
    });
  });

  test('tells a network that is silent from a delegation further up that leads nowhere', () => {
    const failure = 'No name server of "example.test" answers for "shop.example.test": ns.old.test answers REFUSED';
    const judged = (seen: DelegationView['seen']) => seeing([], { seen });
    expect(judged({ failure }).verdict).toBe('could-not-check');
    expect(judged({ failure, deafZone: 'test' }).verdict).toBe('could-not-check');
    const { verdict, message } = judged({ failure, deafZone: 'example.test' });
    expect(verdict).toBe('unreached');
    expect(message).toContain('Correct the delegation of "example.test" first');
    expect(message).toContain('ns.old.test answers REFUSED');
  });

  test('sends the owner of a registered domain to the registrar', () => {
    const seen = { parent: 'test', nameServers: [], hasDs: false };
    expect(seeing([], { zone: 'example.test', seen }).message).toContain(
      'Enter these name servers at your registrar: ns-1',
    );
  });

  test('C8: sends to the registrar under a public suffix of several labels as well, where only a registry writes', () => {
    const under = (parent: string) =>
      seeing([], { zone: `example.${parent}`, seen: { parent, nameServers: [], hasDs: false } }).message;
    expect(under('co.uk')).toContain('Enter these name servers at your registrar: ns-1');
    expect(under('github.io')).toContain('where "github.io" is managed');
  });

  test('names the name servers that are wrong', () => {
    const { verdict, message } = seeing(['ns1.registrar.test', ...nameServers.slice(1)]);
    expect(verdict).toBe('wrong');
    expect(message).toContain(
      '"example.test" names ns1.registrar.test, which is no name server of its hosted zone. Replace all',
    );
  });

  test('takes a part of the right name servers for enough, and says what to add', () => {
    const { verdict, message } = seeing(nameServers.slice(0, 2));
    expect(verdict).toBe('partial');
    expect(message).toContain('add where "example.test" is managed: ns-3.awsdns-03.org, ns-4.awsdns-04.co.uk');
  });

  test('says what the wrong name servers answer', () => {
    const lame = [{ server: 'ns1.registrar.test', answered: true, why: 'REFUSED without authority' }];
    const { verdict, message } = seeing(['ns1.registrar.test'], { lame });
    expect(verdict).toBe('wrong');
    expect(message).toContain(
      'no name server of its hosted zone (ns1.registrar.test answers REFUSED without authority)',
    );
  });

  test('tells lame name servers from silent ones', () => {
    const lame = (answered: boolean, count: number) =>
      nameServers.slice(0, count).map((server) => ({ server, answered, why: answered ? 'REFUSED' : 'no answer' }));
    expect(seeing(nameServers, { lame: lame(true, 4) })).toMatchObject({
      verdict: 'lame',
      message: expect.stringContaining('ns-1.awsdns-01.com answers REFUSED'),
    });
    expect(seeing(nameServers, { lame: lame(true, 1) })).toMatchObject({
      verdict: 'partly-lame',
      message: expect.stringContaining(
        "some of its name servers don't answer for it: ns-1.awsdns-01.com answers REFUSED",
      ),
    });
    expect(seeing(nameServers, { lame: lame(false, 4) }).verdict).toBe('could-not-check');
    expect(seeing(nameServers, { lame: lame(false, 1) }).verdict).toBe('delegated');
  });

  test('does not take silence for an answer', () => {
    expect(seeing([], { seen: { failure: 'no name server of "test" answers' } })).toEqual({
      verdict: 'could-not-check',
      message: 'Cannot check the delegation of "shop.example.test" now: no name server of "test" answers',
    });
  });

  test('R17: sees a DS record above a zone that is not signed', () => {
    expect(seeing(nameServers, {}, true).verdict).toBe('broken-chain');
    expect(seeing(nameServers, { signed: true }, true).verdict).toBe('delegated');
  });

  test('R17: has the DS record removed before the name servers are replaced', () => {
    const { verdict, message } = seeing(['ns1.registrar.test'], {}, true);
    expect(verdict).toBe('wrong');
    expect(message).toMatch(/First remove the DS record .* Then replace all name servers/);
  });
});
