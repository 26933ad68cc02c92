import { afterEach, expect, test } from '@jest/globals';
import type { PlanView } from '../../domain/plans/view.ts';
import { Nameplate } from '../support/nameplate.ts';

const SHOP = 'shop.example.test';
let nameplate: Nameplate;
afterEach(() => nameplate.close());

async function findings(): Promise<Map<string, string>> {
  const response = await fetch(`${nameplate.aws.apiUrl}/v1/plans`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(nameplate.document(SHOP)),
  });
  if (response.status !== 200) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
  return new Map(((await response.json()) as PlanView).findings.map(({ check, message }) => [check, message]));
}

test('A11, R10, R17: a plan tells a right delegation from a partial, a wrong, a lame and a broken one', async () => {
  nameplate = await Nameplate.boot({ delegatesAfterSeconds: undefined });
  const { ask, aws } = nameplate;
  const { registrar } = aws;
  const make = async (CallerReference: string): Promise<string[]> => {
    const answer = await ask<{ DelegationSet?: { NameServers?: string[] } }>('route53', 'CreateHostedZone', {
      Name: 'example.test',
      CallerReference,
    });
    await aws.clock.advance(60_000);
    return answer.DelegationSet?.NameServers ?? [];
  };
  const ours = await make('first');

  expect((await findings()).get('zoneDelegatedElsewhere')).toMatch(
    /names ns1\.registrar\.test.* Replace all name servers/,
  );

  registrar.delegate('example.test', ours);
  expect([...(await findings()).keys()].sort()).toEqual([
    'authorityAllowed',
    'instanceReachable',
    'originAnswers',
    'subnetsInTwoZones',
    'zoneDelegated',
  ]);

  registrar.delegate('example.test', ours.slice(0, 2));
  expect((await findings()).get('zonePartlyDelegated')).toContain(ours.at(-1));

  registrar.setRecords('example.test', {
    type: 'DS',
    ttlSeconds: 300,
    data: [{ keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) }],
  });
  expect((await findings()).get('unsignedZoneHasDs')).toContain('Remove the DS record at your registrar');
  registrar.removeRecords('example.test', 'DS');

  const others = await make('second');
  registrar.delegate('example.test', others);
  expect([...(await findings()).keys()]).toContain('zoneDelegated');
  registrar.delegate('example.test', ['ns1.registrar.test']);
  expect((await findings()).get('twoZonesOfOneName')).toContain('Delegate "example.test" to one of them');

  await ask('route53', 'DeleteHostedZone', { Id: await idOf('second') });
  await aws.clock.advance(60_000);
  registrar.delegate('example.test', others);
  expect((await findings()).get('zoneDelegatedElsewhere')).toContain(`${others.toSorted()[0]} answers REFUSED`);
});

async function idOf(reference: string): Promise<string> {
  const { HostedZones = [] } = await nameplate.ask<{ HostedZones?: { Id: string; CallerReference: string }[] }>(
    'route53',
    'ListHostedZones',
  );
  return HostedZones.find(({ CallerReference }) => CallerReference === reference)?.Id ?? '';
}
