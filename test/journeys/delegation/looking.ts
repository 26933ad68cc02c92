import { expect, test } from '@jest/globals';
import type { PlanView } from '../../../domain/plans/view.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

async function findings(nameplate: Nameplate, domain: string): Promise<Map<string, string>> {
  const response = await fetch(`${nameplate.aws.apiUrl}/v1/plans`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(nameplate.document(domain)),
  });
  if (response.status !== 200) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
  return new Map(((await response.json()) as PlanView).findings.map(({ check, message }) => [check, message]));
}

/** The hosted zone that was created under that reference. */
async function idOf({ ask }: Nameplate, reference: string): Promise<string> {
  const { HostedZones = [] } = await ask<{ HostedZones?: { Id: string; CallerReference: string }[] }>(
    'route53',
    'ListHostedZones',
  );
  return HostedZones.find(({ CallerReference }) => CallerReference === reference)?.Id ?? '';
}

export function looking(boot: SharedBoot): void {
  test('A11, R10, R17: a plan tells a right delegation from a partial, a wrong, a lame and a broken one', async () => {
    const { nameplate } = boot;
    const { ask, aws } = nameplate;
    // The registrar serves the zone until it is delegated elsewhere.
    const { zone, shop } = boot.names();
    const found = () => findings(nameplate, shop);
    const { registrar } = aws;
    const make = async (CallerReference: string): Promise<string[]> => {
      const answer = await ask<{ DelegationSet?: { NameServers?: string[] } }>('route53', 'CreateHostedZone', {
        Name: zone,
        CallerReference,
      });
      await aws.clock.advance(60_000);
      return answer.DelegationSet?.NameServers ?? [];
    };
    const ours = await make('first');

    expect((await found()).get('zoneDelegatedElsewhere')).toMatch(
      /names ns1\.registrar\.test.* Replace all name servers/,
    );

    registrar.delegate(zone, ours);
    expect([...(await found()).keys()].sort()).toEqual([
      'authorityAllowed',
      'instanceReachable',
      'originAnswers',
      'subnetsInTwoZones',
      'zoneDelegated',
    ]);

    registrar.delegate(zone, ours.slice(0, 2));
    expect((await found()).get('zonePartlyDelegated')).toContain(ours.at(-1));

    registrar.setRecords(zone, {
      type: 'DS',
      ttlSeconds: 300,
      data: [{ keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) }],
    });
    expect((await found()).get('unsignedZoneHasDs')).toContain('Remove the DS record at your registrar');
    registrar.removeRecords(zone, 'DS');

    const others = await make('second');
    registrar.delegate(zone, others);
    expect([...(await found()).keys()]).toContain('zoneDelegated');
    registrar.delegate(zone, ['ns1.registrar.test']);
    expect((await found()).get('twoZonesOfOneName')).toContain(`Delegate "${zone}" to one of them`);

    await ask('route53', 'DeleteHostedZone', { Id: await idOf(nameplate, 'second') });
    await aws.clock.advance(60_000);
    registrar.delegate(zone, others);
    expect((await found()).get('zoneDelegatedElsewhere')).toContain(`${others.toSorted()[0]} answers REFUSED`);

    await ask('route53', 'DeleteHostedZone', { Id: await idOf(nameplate, 'first') });
    registrar.undelegate(zone);
  });
}
