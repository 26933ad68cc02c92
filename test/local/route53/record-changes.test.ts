import {
  ChangeResourceRecordSetsCommand,
  CreateHealthCheckCommand,
  GetChangeCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aChange, anAlias, aRoute53World, ELB_NAME, ELB_ZONE, type Route53World } from './world.ts';

let world: Route53World;
let id: string;
const ZONE = 'shop.example.test';
beforeEach(async () => {
  world = await aRoute53World();
  ({ id } = await world.zone(ZONE));
});
afterEach(() => world.aws.close());

/** The zone's own sets, without the SOA and NS it came with. */
async function sets(): Promise<ResourceRecordSet[]> {
  const { ResourceRecordSets: all = [] } = await world.client.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: id }),
  );
  return all.filter(({ Type, Name }) => !(Name === `${ZONE}.` && (Type === 'SOA' || Type === 'NS')));
}

/** What the batch is refused with. */
async function refusal(...changes: Parameters<Route53World['change']>[1][]): Promise<string> {
  const error = await world.change(id, ...changes).then(
    () => new Error('it was taken'),
    (thrown: Error) => thrown,
  );
  return `${error.name}: ${error.message}`;
}

describe('CREATE, UPSERT and DELETE', () => {
  test('a set is created, replaced and deleted', async () => {
    await world.change(id, aChange('CREATE', `WWW.${ZONE}`, 'A', '203.0.113.9', '203.0.113.10'));
    expect(await sets()).toEqual([
      {
        Name: `www.${ZONE}.`,
        Type: 'A',
        TTL: 300,
        ResourceRecords: [{ Value: '203.0.113.9' }, { Value: '203.0.113.10' }],
      },
    ]);
    await world.change(id, aChange('UPSERT', `www.${ZONE}`, 'A', '203.0.113.11'));
    expect(await sets()).toMatchObject([{ ResourceRecords: [{ Value: '203.0.113.11' }] }]);
    await world.change(id, aChange('DELETE', `www.${ZONE}.`, 'A', '203.0.113.11'));
    expect(await sets()).toEqual([]);
  });

  test('R6: CREATE does not overwrite what is there', async () => {
    await world.change(id, aChange('CREATE', `www.${ZONE}`, 'A', '203.0.113.9'));
    expect(await refusal(aChange('CREATE', `www.${ZONE}`, 'A', '203.0.113.10'))).toBe(
      `InvalidChangeBatch: [Tried to create resource record set [name='www.${ZONE}.', type='A'] but it already exists]`,
    );
  });

  test('R7: DELETE of what is not there', async () => {
    expect(await refusal(aChange('DELETE', `www.${ZONE}`, 'A', '203.0.113.9'))).toBe(
      `InvalidChangeBatch: [Tried to delete resource record set [name='www.${ZONE}.', type='A'] but it was not found]`,
    );
  });

  test('R8: DELETE with other values, another TTL or fewer values', async () => {
    await world.change(id, aChange('CREATE', `www.${ZONE}`, 'A', '203.0.113.9', '203.0.113.10'));
    const text = `InvalidChangeBatch: [Tried to delete resource record set [name='www.${ZONE}.', type='A'] but the values provided do not match the current values]`;
    expect(await refusal(aChange('DELETE', `www.${ZONE}`, 'A', '203.0.113.9'))).toBe(text);
    const other = aChange('DELETE', `www.${ZONE}`, 'A', '203.0.113.9', '203.0.113.10');
    expect(
      await refusal({ ...other, ResourceRecordSet: { ...other.ResourceRecordSet, TTL: 60 } as ResourceRecordSet }),
    ).toBe(text);
    await world.change(id, aChange('DELETE', `www.${ZONE}`, 'A', '203.0.113.10', '203.0.113.9'));
    expect(await sets()).toEqual([]);
  });

  test('finding 7: DELETE of the last seen values and CREATE of new ones in one batch is compare-and-swap', async () => {
    const fence = (action: string, generation: number) =>
      aChange(action, `_owner.${ZONE}`, 'TXT', `"generation=${generation}"`);
    await world.change(id, fence('CREATE', 1));
    await world.change(
      id,
      fence('DELETE', 1),
      fence('CREATE', 2),
      aChange('CREATE', `www.${ZONE}`, 'A', '203.0.113.9'),
    );
    expect(
      await refusal(fence('DELETE', 1), fence('CREATE', 2), aChange('CREATE', `api.${ZONE}`, 'A', '203.0.113.9')),
    ).toContain('do not match');
    expect((await sets()).map(({ Name }) => Name)).toEqual([`_owner.${ZONE}.`, `www.${ZONE}.`]);
  });

  test('R9: a batch is taken whole or not at all, with every reason', async () => {
    const text = await refusal(
      aChange('CREATE', `ok.${ZONE}`, 'A', '203.0.113.9'),
      aChange('DELETE', `a.${ZONE}`, 'A', '203.0.113.9'),
      aChange('CREATE', ZONE, 'CNAME', 'example.com'),
    );
    expect(text).toBe(
      `InvalidChangeBatch: [Tried to delete resource record set [name='a.${ZONE}.', type='A'] but it was not found, RRSet of type CNAME with DNS name ${ZONE}. is not permitted at apex in zone ${ZONE}.]`,
    );
    expect(await sets()).toEqual([]);
  });

  test('R9, A13: one set is touched once in a batch', async () => {
    const twice = aChange('CREATE', `_x.${ZONE}`, 'CNAME', '_y.acm-validations.aws.');
    expect(await refusal(twice, twice)).toBe(
      `InvalidChangeBatch: [The request contains an invalid set of changes for a resource record set 'CNAME _x.${ZONE}.']`,
    );
    expect(
      await refusal(
        aChange('UPSERT', `w.${ZONE}`, 'A', '203.0.113.1'),
        aChange('UPSERT', `w.${ZONE}`, 'A', '203.0.113.2'),
      ),
    ).toContain('invalid set of changes');
  });

  test('the order of a batch counts', async () => {
    await world.change(id, anAlias('CREATE', `www.${ZONE}`));
    const [gone, come] = [anAlias('DELETE', `www.${ZONE}`), aChange('CREATE', `www.${ZONE}`, 'CNAME', 'example.com')];
    expect(await refusal(come, gone)).toContain('conflicts with other records');
    await world.change(id, gone, come);
    expect(await sets()).toMatchObject([{ Type: 'CNAME' }]);
  });
});

describe('what may stand where', () => {
  test('R4: no CNAME at the apex', async () => {
    expect(await refusal(aChange('UPSERT', ZONE, 'CNAME', 'example.com'))).toContain(
      `RRSet of type CNAME with DNS name ${ZONE}. is not permitted at apex in zone ${ZONE}.`,
    );
  });

  test('R5: no CNAME beside others, and no others beside a CNAME', async () => {
    await world.change(
      id,
      aChange('CREATE', `www.${ZONE}`, 'A', '203.0.113.9'),
      aChange('CREATE', `api.${ZONE}`, 'CNAME', 'example.com'),
    );
    expect(await refusal(aChange('CREATE', `www.${ZONE}`, 'CNAME', 'example.com'))).toBe(
      `InvalidChangeBatch: [RRSet of type CNAME with DNS name www.${ZONE}. is not permitted as it conflicts with other records with the same DNS name in zone ${ZONE}.]`,
    );
    expect(await refusal(aChange('CREATE', `api.${ZONE}`, 'TXT', '"t"'))).toBe(
      `InvalidChangeBatch: [RRSet of type TXT with DNS name api.${ZONE}. is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone ${ZONE}.]`,
    );
  });

  test('nothing outside of the zone, by whole labels', async () => {
    for (const name of ['example.com', `foo${ZONE}`, 'example.test']) {
      expect(await refusal(aChange('CREATE', name, 'A', '203.0.113.9'))).toBe(
        `InvalidChangeBatch: [RRSet with DNS name ${name}. is not permitted in zone ${ZONE}.]`,
      );
    }
  });

  test('the SOA and the NS of the zone itself stay', async () => {
    const { ResourceRecordSets: all = [] } = await world.client.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: id }),
    );
    const [ns, soa] = all;
    expect(await refusal({ Action: 'DELETE', ResourceRecordSet: soa })).toContain(
      'A HostedZone must contain exactly one SOA record.',
    );
    expect(await refusal({ Action: 'DELETE', ResourceRecordSet: ns })).toContain(
      'A HostedZone must contain at least one NS record for the zone itself.',
    );
    expect(await refusal(aChange('CREATE', `www.${ZONE}`, 'SOA', 'a. b. 1 2 3 4 5'))).toContain(
      'not permitted below the apex',
    );
    expect(await refusal(aChange('CREATE', `*.${ZONE}`, 'NS', 'ns.example.com'))).toContain(
      'not permitted as a wildcard',
    );
  });

  test('aliases: the target has to exist, in the zone that is given with it', async () => {
    const to = (HostedZoneId: string, DNSName: string, Type: 'A' | 'AAAA' | 'TXT' = 'A') =>
      anAlias('CREATE', `www.${ZONE}`, { Type, AliasTarget: { HostedZoneId, DNSName, EvaluateTargetHealth: false } });
    expect(await refusal(to(ELB_ZONE, 'gone-1.us-east-1.elb.amazonaws.com'))).toBe(
      `InvalidChangeBatch: [Tried to create an alias that targets gone-1.us-east-1.elb.amazonaws.com., type A in zone ${ELB_ZONE}, but that target was not found]`,
    );
    expect(await refusal(to('Z3KY18NSN0TRRC', ELB_NAME))).toContain(
      `zone Z3KY18NSN0TRRC, but the alias target name does not lie within the target zone, Tried`,
    );
    expect(await refusal(to(id, `api.${ZONE}`))).toContain('but that target was not found');
    expect(await refusal(to(id, 'api.example.com'))).toContain(
      'but the alias target name does not lie within the target zone',
    );
    expect(await refusal(to(ELB_ZONE, ELB_NAME, 'TXT'))).toContain('type TXT');
    await world.change(id, aChange('CREATE', `api.${ZONE}`, 'A', '203.0.113.9'), to(id, `api.${ZONE}`));
    await world.change(
      id,
      anAlias('CREATE', ZONE, {
        AliasTarget: { HostedZoneId: ELB_ZONE, DNSName: `Dualstack.${ELB_NAME}`, EvaluateTargetHealth: true },
      }),
    );
    expect((await sets())[0]?.AliasTarget).toEqual({
      HostedZoneId: ELB_ZONE,
      DNSName: `dualstack.${ELB_NAME}.`,
      EvaluateTargetHealth: true,
    });
  });
});

describe('routing policies', () => {
  const weighted = (identifier: string, Weight: number, rest: Partial<ResourceRecordSet> = {}) => {
    const change = aChange('CREATE', `www.${ZONE}`, 'A', '203.0.113.9');
    return {
      ...change,
      ResourceRecordSet: {
        ...change.ResourceRecordSet,
        SetIdentifier: identifier,
        Weight,
        ...rest,
      } as ResourceRecordSet,
    };
  };

  test('sets of one name differ by their identifier', async () => {
    await world.change(id, weighted('blue', 1), weighted('green', 0));
    expect((await sets()).map(({ SetIdentifier, Weight }) => [SetIdentifier, Weight])).toEqual([
      ['blue', 1],
      ['green', 0],
    ]);
    expect(await refusal(weighted('blue', 5))).toContain(
      `[name='www.${ZONE}.', type='A', set-identifier='blue'] but it already exists`,
    );
  });

  test('do not mix', async () => {
    await world.change(id, weighted('blue', 1));
    expect(await refusal(aChange('CREATE', `www.${ZONE}`, 'A', '203.0.113.9'))).toContain(
      'type A cannot be created as other RRSets exist with the same name and type.',
    );
    const { Weight: _, ...failover } = weighted('two', 1).ResourceRecordSet;
    expect(await refusal({ Action: 'CREATE', ResourceRecordSet: { ...failover, Failover: 'PRIMARY' } })).toContain(
      'SetIdentifier two cannot be created as a non-failover set exists',
    );
    expect(await refusal(weighted('green', 1, { TTL: 60 }))).toContain(
      'cannot be created as weighted sets must contain the same TTL.',
    );
  });

  test('there is one PRIMARY', async () => {
    const primary = (identifier: string) => {
      const { Weight: _, ...set } = weighted(identifier, 1).ResourceRecordSet;
      const HealthCheckId = check.HealthCheck?.Id;
      return { Action: 'CREATE' as const, ResourceRecordSet: { ...set, Failover: 'PRIMARY' as const, HealthCheckId } };
    };
    const HealthCheckConfig = { Type: 'HTTP', IPAddress: '203.0.113.9' } as const;
    const check = await world.client.send(
      new CreateHealthCheckCommand({ CallerReference: 'primary', HealthCheckConfig }),
    );
    await world.change(id, primary('one'));
    expect(await refusal(primary('two'))).toContain('same failover PRIMARY');
  });

  test('need an identifier, and an identifier needs one of them', async () => {
    const { SetIdentifier: _, ...nameless } = weighted('x', 1).ResourceRecordSet;
    expect(await refusal({ Action: 'CREATE', ResourceRecordSet: nameless })).toBe(
      `InvalidInput: Invalid request: Missing field 'SetIdentifier' in Change with [Action=CREATE, Name=www.${ZONE}, Type=A, SetIdentifier=null]`,
    );
    const { Weight: __, ...plain } = weighted('x', 1).ResourceRecordSet;
    expect(await refusal({ Action: 'CREATE', ResourceRecordSet: plain })).toContain(
      'Expected exactly one of [Weight, Region, Failover, GeoLocation, MultiValueAnswer, GeoProximityLocation, or CidrRoutingConfig], but found none',
    );
    expect(await refusal(weighted('x', 1, { Failover: 'PRIMARY' }))).toContain('but found more than one');
    expect(await refusal(weighted('x', 256))).toContain(
      "Value '256' at 'changeBatch.changes.1.member.resourceRecordSet.weight' failed to satisfy constraint: Member must have value less than or equal to 255",
    );
  });

  test('a health check has to exist', async () => {
    expect(await refusal(weighted('x', 1, { HealthCheckId: 'none' }))).toBe(
      'NoSuchHealthCheck: A health check with id none does not exist.',
    );
  });
});

describe('malformed changes', () => {
  const set = (rest: Partial<ResourceRecordSet>) => ({
    Action: 'CREATE' as const,
    ResourceRecordSet: { Name: `www.${ZONE}`, Type: 'A' as const, ...rest },
  });

  test('a set is an alias, or has a TTL and values', async () => {
    const none =
      'Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in Change with [Action=CREATE';
    expect(await refusal(set({}))).toContain(none);
    expect(await refusal(set({ ResourceRecords: [{ Value: '203.0.113.9' }] }))).toContain(none);
    expect(await refusal(anAlias('CREATE', `www.${ZONE}`, { TTL: 60 }))).toContain('but found more than one');
    expect(await refusal(set({ TTL: -1, ResourceRecords: [{ Value: '203.0.113.9' }] }))).toContain(
      "Value '-1' at 'changeBatch.changes.1.member.resourceRecordSet.tTL' failed to satisfy constraint: Member must have value greater than or equal to 0",
    );
    expect(await refusal(aChange('REPLACE', `www.${ZONE}`, 'A', '203.0.113.9'))).toContain(
      "Value 'REPLACE' at 'changeBatch.changes.1.member.action' failed to satisfy constraint: Member must satisfy enum value set: [CREATE, DELETE, UPSERT]",
    );
    expect(await refusal(aChange('CREATE', `www.${ZONE}`, 'B', '203.0.113.9'))).toContain(
      "Value 'B' at 'changeBatch.changes.1.member.resourceRecordSet.type'",
    );
  });

  test.each([
    ['A', '203.0.113.999', 'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)'],
    ['A', '203.0.113.9 ', 'ARRDATANotSingleField (Value contains spaces)'],
    ['AAAA', '203.0.113.9', 'AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)'],
    ['CNAME', 'a..b', 'DomainLabelEmpty (Domain label is empty)'],
    ['TXT', 'v=spf1', 'InvalidCharacterString (Value should be enclosed in quotation marks)'],
    ['TXT', `"${'x'.repeat(256)}"`, 'CharacterStringTooLong (Value is too long)'],
    ['TXT', '"a"b"', 'InvalidCharacterString'],
    ['MX', 'mail.example.com', 'MXRRDATANot2Fields'],
    ['MX', '70000 mail.example.com', 'MXRRDATAIllegalNumber'],
    ['SRV', '1 2 mail.example.com', 'SRVRRDATANot4Fields'],
    ['CAA', '0 issue', 'CAARRDATANot3Fields'],
    ['CAA', '0 issue amazon.com', 'InvalidCharacterString'],
    ['DS', '1 13 2 xyz', 'DSRRDATAIllegalHex'],
    ['SSHFP', '4 2 abcdef', 'SSHFPRRDATAInvalid'],
    ['HTTPS', '1 . alpn=h2', 'The local AWS has no records of type HTTPS'],
  ])('%s %s is refused', async (type, value, problem) => {
    const text = await refusal(aChange('CREATE', `www.${ZONE}`, type, value));
    expect(text).toMatch(/^InvalidChangeBatch: \[Invalid Resource Record: 'FATAL problem: /);
    expect(text).toContain(problem);
  });

  test('a value stands once in a set', async () => {
    expect(await refusal(aChange('CREATE', `www.${ZONE}`, 'A', '203.0.113.9', '203.0.113.9'))).toBe(
      "InvalidChangeBatch: [Duplicate Resource Record: '203.0.113.9']",
    );
  });

  test('an empty name', async () => {
    expect(await refusal(aChange('CREATE', '', 'A', '203.0.113.9'))).toBe(
      "InvalidChangeBatch: [FATAL problem: DomainNameEmpty (Domain name is empty) encountered with '']",
    );
  });
});

describe('R21: limits of a batch', () => {
  const many = (action: string, count: number) =>
    Array.from({ length: count }, (_, index) => aChange(action, `n${index}.${ZONE}`, 'A', '203.0.113.9'));

  test('1,000 records, and an UPSERT counts twice', async () => {
    expect(await refusal(...many('CREATE', 1001))).toBe(
      'InvalidChangeBatch: [Number of records limit of 1000 exceeded.]',
    );
    await world.aws.clock.advance(60_000);
    expect(await refusal(...many('UPSERT', 501))).toBe(
      'InvalidChangeBatch: [Number of records limit of 1000 exceeded.]',
    );
    await world.aws.clock.advance(60_000);
    await world.change(id, ...many('UPSERT', 500));
    expect(await sets()).toHaveLength(298);
  });

  test('32,000 characters', async () => {
    const text = `"${'x'.repeat(250)}"`;
    const batch = Array.from({ length: 128 }, (_, index) => aChange('CREATE', `t${index}.${ZONE}`, 'TXT', text));
    expect(await refusal(...batch)).toBe('InvalidChangeBatch: [RDATA character limit of 32000 exceeded.]');
    await world.change(id, ...batch.slice(0, 126));
  });

  test("the account's bucket of changes: 1,500 at once, then 100 a second", async () => {
    await world.change(id, ...many('CREATE', 1000));
    expect(await refusal(...many('DELETE', 1000))).toBe('Throttling: Rate exceeded');
    await world.aws.clock.advance(10_000);
    await world.change(id, ...many('DELETE', 1000));
  });
});

describe('time', () => {
  test('R1: a second change while the first is being processed is PriorRequestNotComplete', async () => {
    const send = (name: string) =>
      world.client.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: id,
          ChangeBatch: { Changes: [aChange('CREATE', name, 'A', '203.0.113.9')] },
        }),
      );
    const { ChangeInfo: info } = await send(`a.${ZONE}`);
    await expect(send(`b.${ZONE}`)).rejects.toMatchObject({
      name: 'PriorRequestNotComplete',
      message: 'The request was rejected because Route 53 was still processing a prior request.',
      $metadata: { httpStatusCode: 400 },
    });
    await world.aws.clock.advance(2000);
    await send(`b.${ZONE}`);
    expect(await world.client.send(new GetChangeCommand({ Id: String(info?.Id) }))).toMatchObject({
      ChangeInfo: { Status: 'PENDING' },
    });
  });

  test('R19: a change is PENDING for 15 to 45 s, then INSYNC', async () => {
    const change = await world.change(id, aChange('CREATE', `www.${ZONE}`, 'A', '203.0.113.9'));
    const drawn = world.aws.host.draws.drawn.find(
      ({ what, subject }) => what === 'route53:insync' && subject.startsWith(change.replace('/change/', '')),
    );
    expect(drawn?.subject).toBe(`${change.replace('/change/', '')} ${ZONE}.`);
    const status = async () => (await world.client.send(new GetChangeCommand({ Id: change }))).ChangeInfo?.Status;
    await world.aws.clock.advance(Number(drawn?.seconds) * 1000 - 2200);
    expect(await status()).toBe('PENDING');
    await world.aws.clock.advance(200);
    expect(await status()).toBe('INSYNC');
  });

  test('an unknown change is NoSuchChange', async () => {
    await expect(world.client.send(new GetChangeCommand({ Id: 'C0NONE' }))).rejects.toMatchObject({
      name: 'NoSuchChange',
      message: 'Could not find resource with ID: C0NONE',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('each name server sees a change at a time of its own, in the order of the changes, all of them by INSYNC', async () => {
    await world.change(id, aChange('CREATE', `a.${ZONE}`, 'A', '203.0.113.9'));
    await world.change(id, aChange('CREATE', `b.${ZONE}`, 'A', '203.0.113.9'));
    const servers = world.names.registrar.delegation(ZONE);
    const seen = new Set<string>();
    for (let second = 0; second < 50; second++) {
      const views = await Promise.all(
        servers.map(async (server) => {
          const address = (await world.names.resolver.resolve(server, 'A')).answers[0]?.data;
          const has = async (name: string) => {
            const { ask } = await import('../../../local/dns/ask.ts');
            const response = await ask(
              world.internet,
              { name, type: 'A' },
              { from: '198.51.100.7', server: String(address), signal: AbortSignal.timeout(5000) },
            );
            return (response.answers?.length ?? 0) > 0;
          };
          return `${(await has(`a.${ZONE}`)) ? 'a' : '-'}${(await has(`b.${ZONE}`)) ? 'b' : '-'}`;
        }),
      );
      for (const view of views) seen.add(view);
      expect(views).not.toContain('-b');
      await world.aws.clock.advance(1000);
      if (second === 49) expect(views).toEqual(['ab', 'ab', 'ab', 'ab']);
    }
    expect(seen).toContain('--');
  });
});
