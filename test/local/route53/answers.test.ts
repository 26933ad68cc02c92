import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { TestDNSAnswerCommand } from '@aws-sdk/client-route-53';
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

/** What is in the zone, when it has arrived everywhere. */
async function given(...changes: Parameters<Route53World['change']>[1][]): Promise<void> {
  await world.change(id, ...changes);
  await world.settle();
}

/** What the world gets: the data of the answers, or the rcode with "nothing". */
async function seen(name: string, type: string): Promise<string[]> {
  const { rcode, answers } = await world.names.freshResolver.resolve(name, type);
  return answers.length > 0 ? answers.map(({ data }) => String(data)) : [`${rcode}, nothing`];
}

const alias = (
  action: string,
  name: string,
  target: Partial<ResourceRecordSet['AliasTarget']>,
  rest: Partial<ResourceRecordSet> = {},
) =>
  anAlias(action, name, {
    AliasTarget: { HostedZoneId: ELB_ZONE, DNSName: ELB_NAME, EvaluateTargetHealth: false, ...target },
    ...rest,
  });

describe('aliases', () => {
  test('to a load balancer give its addresses, with a TTL of 60 s', async () => {
    await given(anAlias('CREATE', ZONE), anAlias('CREATE', ZONE, { Type: 'AAAA' }));
    expect(await seen(ZONE, 'A')).toEqual(['203.0.113.1', '203.0.113.2']);
    expect((await world.names.freshResolver.resolve(ZONE, 'A')).answers[0]).toMatchObject({ name: ZONE, ttl: 60 });
    world.balancer.a = ['203.0.113.77'];
    expect(await seen(ZONE, 'A')).toEqual(['203.0.113.77']);
  });

  test('for IPv6 to a balancer without it: NODATA, and addresses as soon as it has them', async () => {
    await given(alias('CREATE', ZONE, { DNSName: `dualstack.${ELB_NAME}` }, { Type: 'AAAA' }));
    expect(await seen(ZONE, 'AAAA')).toEqual(['NOERROR, nothing']);
    world.balancer.aaaa = ['2001:db8::1'];
    expect(await seen(ZONE, 'AAAA')).toEqual(['2001:db8::1']);
  });

  test("A3: for IPv6 to a balancer's bare name: accepted, and NODATA", async () => {
    world.balancer.aaaa = ['2001:db8::1'];
    await given(anAlias('CREATE', ZONE), anAlias('CREATE', ZONE, { Type: 'AAAA' }));
    expect([await seen(ZONE, 'A'), await seen(ZONE, 'AAAA')]).toEqual([
      ['203.0.113.1', '203.0.113.2'],
      ['NOERROR, nothing'],
    ]);
  });

  test('to a balancer that is gone: NODATA', async () => {
    await given(anAlias('CREATE', ZONE));
    world.names.awsNames.delete(ELB_NAME);
    expect(await seen(ZONE, 'A')).toEqual(['NOERROR, nothing']);
  });

  test('to a record of the same zone give that record, with its TTL, even by two steps', async () => {
    await given(
      aChange('CREATE', `origin.${ZONE}`, 'A', '203.0.113.9'),
      alias('CREATE', `one.${ZONE}`, { HostedZoneId: id, DNSName: `origin.${ZONE}` }),
      alias('CREATE', `two.${ZONE}`, { HostedZoneId: id, DNSName: `one.${ZONE}` }),
    );
    expect((await world.names.freshResolver.resolve(`two.${ZONE}`, 'A')).answers).toMatchObject([
      { name: `two.${ZONE}`, ttl: 300, data: '203.0.113.9' },
    ]);
  });

  test('that come to lead in a circle give nothing', async () => {
    await given(
      aChange('CREATE', `a.${ZONE}`, 'A', '203.0.113.9'),
      alias('CREATE', `b.${ZONE}`, { HostedZoneId: id, DNSName: `a.${ZONE}` }),
    );
    await given(alias('UPSERT', `a.${ZONE}`, { HostedZoneId: id, DNSName: `b.${ZONE}` }));
    expect(await seen(`a.${ZONE}`, 'A')).toEqual(['NOERROR, nothing']);
  });
});

describe('records', () => {
  test('of every type that is served', async () => {
    await given(
      aChange('CREATE', ZONE, 'MX', '10 mail.example.com.'),
      aChange('CREATE', ZONE, 'CAA', '0 issue "amazon.com"', '0 issuewild ";"'),
      aChange('CREATE', ZONE, 'TXT', '"v=spf1 -all"', '"a \\"quoted\\" \\101" "second"'),
      aChange('CREATE', ZONE, 'SPF', '"v=spf1 -all"'),
      aChange('CREATE', `_s._tcp.${ZONE}`, 'SRV', '1 2 443 host.example.com'),
      aChange('CREATE', `child.${ZONE}`, 'DS', `12345 13 2 ${'AB'.repeat(32)}`),
      aChange('CREATE', `_443._tcp.${ZONE}`, 'TLSA', '3 1 1 abcdef'),
      aChange('CREATE', `ssh.${ZONE}`, 'SSHFP', `4 2 ${'ab'.repeat(32)}`),
      aChange('CREATE', `n.${ZONE}`, 'NAPTR', '100 50 "u" "sip+E2U" "!^.*$!sip:x@example.com!" .'),
      aChange('CREATE', `v6.${ZONE}`, 'AAAA', '2001:DB8::1'),
      aChange('CREATE', `p.${ZONE}`, 'PTR', 'host.example.com'),
    );
    const data = async (name: string, type: string) =>
      (await world.names.freshResolver.resolve(name, type)).answers.map((record) => record.data);
    expect(await data(ZONE, 'MX')).toEqual([{ preference: 10, exchange: 'mail.example.com' }]);
    expect(await data(ZONE, 'CAA')).toMatchObject([
      { tag: 'issue', value: 'amazon.com' },
      { tag: 'issuewild', value: ';' },
    ]);
    expect((await data(ZONE, 'TXT')).map((strings) => [strings].flat().map(String))).toEqual([
      ['v=spf1 -all'],
      ['a "quoted" A', 'second'],
    ]);
    expect(String((await data(ZONE, 'SPF'))[0])).toBe('\x0bv=spf1 -all');
    expect(await data(`_s._tcp.${ZONE}`, 'SRV')).toEqual([
      { priority: 1, weight: 2, port: 443, target: 'host.example.com' },
    ]);
    expect(await data(`child.${ZONE}`, 'DS')).toMatchObject([{ keyTag: 12345, algorithm: 13, digestType: 2 }]);
    expect(await data(`_443._tcp.${ZONE}`, 'TLSA')).toMatchObject([{ usage: 3, selector: 1, matchingType: 1 }]);
    expect(await data(`ssh.${ZONE}`, 'SSHFP')).toMatchObject([{ algorithm: 4, hash: 2 }]);
    expect(await data(`n.${ZONE}`, 'NAPTR')).toMatchObject([{ order: 100, flags: 'u', services: 'sip+E2U' }]);
    expect(await data(`v6.${ZONE}`, 'AAAA')).toEqual(['2001:db8::1']);
    expect(await data(`p.${ZONE}`, 'PTR')).toEqual(['host.example.com']);
  });

  test('finding 1: a validation CNAME below a wildcard-served name takes that name away', async () => {
    await given(aChange('CREATE', `*.${ZONE}`, 'A', '203.0.113.9'));
    expect(await seen(`www.${ZONE}`, 'A')).toEqual(['203.0.113.9']);
    await given(aChange('CREATE', `_x.www.${ZONE}`, 'CNAME', '_y.acm-validations.aws.'));
    expect(await seen(`www.${ZONE}`, 'A')).toEqual(['NOERROR, nothing']);
    expect(await seen(`api.${ZONE}`, 'A')).toEqual(['203.0.113.9']);
  });

  test('a delegation inside the zone refers', async () => {
    await given(aChange('CREATE', `eu.${ZONE}`, 'NS', 'ns1.registrar.test.'));
    expect(await seen(`www.eu.${ZONE}`, 'A')).toEqual(['SERVFAIL, nothing']);
  });

  test('a name our DNS cannot carry is listed and not answered', async () => {
    await given(
      aChange('CREATE', `a\\056b.${ZONE}`, 'A', '203.0.113.9'),
      aChange('CREATE', `c.${ZONE}`, 'A', '203.0.113.9'),
    );
    expect(await seen(`c.${ZONE}`, 'A')).toEqual(['203.0.113.9']);
  });
});

describe('routing policies', () => {
  const set = (identifier: string, value: string, routing: Partial<ResourceRecordSet>) => {
    const change = aChange('CREATE', `www.${ZONE}`, 'A', value);
    return {
      ...change,
      ResourceRecordSet: { ...change.ResourceRecordSet, SetIdentifier: identifier, ...routing } as ResourceRecordSet,
    };
  };

  /** Who answered how often in 60 questions. */
  async function answers(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (let question = 0; question < 60; question++) {
      const [who = ''] = await seen(`www.${ZONE}`, 'A');
      counts[who] = (counts[who] ?? 0) + 1;
    }
    return counts;
  }

  test('weighted sets answer by their weights, and never with weight 0', async () => {
    await given(
      set('a', '203.0.113.1', { Weight: 3 }),
      set('b', '203.0.113.2', { Weight: 1 }),
      set('c', '203.0.113.3', { Weight: 0 }),
    );
    const { '203.0.113.1': a = 0, '203.0.113.2': b = 0, '203.0.113.3': c = 0 } = await answers();
    expect(a).toBeGreaterThan(b);
    expect(b).toBeGreaterThan(5);
    expect(c).toBe(0);
  });

  test('with weight 0 everywhere all answer alike', async () => {
    await given(set('a', '203.0.113.1', { Weight: 0 }), set('b', '203.0.113.2', { Weight: 0 }));
    expect(Object.keys(await answers())).toHaveLength(2);
  });

  test("failover: the secondary answers while the primary's target is unhealthy, and R28: the primary when nobody is well", async () => {
    const failover = (identifier: string, Failover: 'PRIMARY' | 'SECONDARY', target: object) =>
      alias(
        'CREATE',
        `www.${ZONE}`,
        { EvaluateTargetHealth: true, ...target },
        { SetIdentifier: identifier, Failover },
      );
    world.names.awsNames.set('page-1.us-east-1.elb.amazonaws.com', {
      zoneId: ELB_ZONE,
      a: () => ['203.0.113.50'],
      aaaa: () => [],
      healthy: () => pageIsWell,
    });
    let pageIsWell = true;
    await given(
      failover('one', 'PRIMARY', {}),
      failover('two', 'SECONDARY', { DNSName: 'page-1.us-east-1.elb.amazonaws.com' }),
    );
    expect(await seen(`www.${ZONE}`, 'A')).toEqual(['203.0.113.1', '203.0.113.2']);
    world.balancer.healthy = false;
    expect(await seen(`www.${ZONE}`, 'A')).toEqual(['203.0.113.50']);
    pageIsWell = false;
    expect(await seen(`www.${ZONE}`, 'A')).toEqual(['203.0.113.1', '203.0.113.2']);
  });

  test('multivalue sets answer together, eight at most', async () => {
    await given(
      ...Array.from({ length: 10 }, (_, index) => set(`s${index}`, `203.0.113.${index}`, { MultiValueAnswer: true })),
    );
    expect(await seen(`www.${ZONE}`, 'A')).toHaveLength(8);
  });

  test('latency: the set of the home region, geolocation: the default one', async () => {
    await given(set('eu', '203.0.113.1', { Region: 'eu-west-1' }), set('us', '203.0.113.2', { Region: 'us-east-1' }));
    expect(await seen(`www.${ZONE}`, 'A')).toEqual(['203.0.113.2']);
    const geo = (identifier: string, value: string, CountryCode: string) => {
      const change = set(identifier, value, { GeoLocation: { CountryCode } });
      return { ...change, ResourceRecordSet: { ...change.ResourceRecordSet, Name: `geo.${ZONE}` } };
    };
    await given(geo('de', '203.0.113.3', 'DE'), geo('any', '203.0.113.4', '*'));
    expect(await seen(`geo.${ZONE}`, 'A')).toEqual(['203.0.113.4']);
  });
});

describe('TestDNSAnswer', () => {
  const ask = (RecordName: string, RecordType: 'A' | 'TXT' | 'MX' | 'SOA' | 'CNAME') =>
    world.client.send(new TestDNSAnswerCommand({ HostedZoneId: id, RecordName, RecordType }));

  test('says what a name server answers now, as zone files write it', async () => {
    await given(
      aChange('CREATE', ZONE, 'MX', '10 mail.example.com'),
      aChange('CREATE', `www.${ZONE}`, 'CNAME', 'example.com'),
      aChange('CREATE', ZONE, 'TXT', '"a" "b"'),
    );
    expect(await ask(ZONE, 'MX')).toMatchObject({
      Nameserver: expect.stringMatching(/^ns-\d+\.awsdns-/),
      RecordName: ZONE,
      RecordType: 'MX',
      RecordData: ['10 mail.example.com.'],
      ResponseCode: 'NOERROR',
      Protocol: 'UDP',
    });
    expect(await ask(`www.${ZONE}`, 'CNAME')).toMatchObject({ RecordData: ['example.com.'] });
    expect(await ask(ZONE, 'TXT')).toMatchObject({ RecordData: ['"a" "b"'] });
    expect(await ask(ZONE, 'SOA')).toMatchObject({ RecordData: [expect.stringMatching(/ 7200 900 1209600 86400$/)] });
    expect(await ask(`nope.${ZONE}`, 'A')).toMatchObject({ RecordData: [], ResponseCode: 'NXDOMAIN' });
  });
});
