import { randomUUID } from 'node:crypto';
import type {
  DescribeListenersOutput,
  DescribeLoadBalancersOutput,
  Listener,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ListRulesResponse } from '@aws-sdk/client-eventbridge';
import type {
  ListHostedZonesResponse,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { CreateSecretResponse } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AlertView } from '../../domain/care/view.ts';
import { aZone } from '../support/a-zone.ts';
import { alertsTold } from '../support/alerts-told.ts';
import { BuiltCommand, type Ran } from '../support/built-command.ts';
import { inOrder } from '../support/certificates.ts';
import { Nameplate } from '../support/nameplate.ts';
import { Transcripts } from '../support/transcripts.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONE = 'example.test';
const shop = `shop.${ZONE}`;

/** How long a public certificate lives that is issued until then, and when those that live longest are over. */
const LIFETIMES = [
  { until: new Date('2027-03-15'), days: 198 },
  { until: new Date('2029-03-15'), days: 99 },
  { until: new Date(8.64e15), days: 47 },
];
const SHORTEST = new Date('2029-06-01');

const CARE = `# Care of what is live

What the commands print in a pipe while an imported certificate comes to its end, until its successor is stored: from a run of
\`test/journeys/renewal.test.ts\`, which lets months pass in the local AWS.`;

interface Certificate {
  daysLeft: number;
  renewal: string;
  validFrom: string;
  validTo: string;
  servedAt: object[];
}

/** A live site whose certificate ages, and the sweep that looks at it. */
class Year {
  readonly nameplate: Nameplate;
  readonly began: Date;
  /** The ends and the days of the certificates that were seen. */
  readonly ends = new Set<string>();
  readonly lifetimes = new Set<number>();

  constructor(nameplate: Nameplate) {
    this.nameplate = nameplate;
    this.began = nameplate.aws.clock.now();
  }

  /** Lets days pass without a look, and then six hours in which the sweep has looked once. */
  async pass(days: number): Promise<void> {
    await this.nameplate.aws.clock.advance(days * DAY - 6 * HOUR);
    await this.swept(6);
  }

  /** Lets hours pass in which the sweep runs, and all that it sets going. */
  async swept(hours: number): Promise<void> {
    const { ask, aws } = this.nameplate;
    const { Rules = [] } = await ask<ListRulesResponse>('events', 'ListRules');
    const Name = Rules.find(({ Name: name }) => name?.includes('CareSweep'))?.Name;
    await ask('events', 'EnableRule', { Name });
    await aws.clock.advance(hours * HOUR);
    await ask('events', 'DisableRule', { Name });
  }

  /** What people were told of since the last time that this was asked, by the first line that they read. */
  #read = 0;
  told(): string[] {
    const { published } = this.nameplate.aws.sns;
    const since = published.slice(this.#read);
    this.#read = published.length;
    return alertsTold(since).map(({ words }) => words);
  }

  /** The events of ACM that came since an instant, in that order, each with the days that it says are left. */
  ofAcm(since: Date): string[] {
    const { published } = this.nameplate.aws.events.log;
    const came = published.filter(({ event }) => event.source === 'aws.acm' && new Date(event.time) >= since);
    return came.map(
      ({ event }) => `${event['detail-type']} ${(event.detail as { DaysToExpiry?: number }).DaysToExpiry}`,
    );
  }

  async get<Body>(path: string): Promise<Body> {
    return (await (await fetch(`${this.nameplate.aws.apiUrl}${path}`)).json()) as Body;
  }

  async alerts(): Promise<AlertView[]> {
    return (await this.get<{ alerts: AlertView[] }>('/v1/alerts')).alerts;
  }

  async certificate(): Promise<Certificate> {
    const { certificates } = await this.get<{ certificates: Certificate[] }>('/v1/certificates');
    expect(certificates).toHaveLength(1);
    const [certificate] = certificates as [Certificate];
    const { validFrom, validTo } = certificate;
    this.ends.add(validTo);
    this.lifetimes.add(Math.round((Date.parse(validTo) - Date.parse(validFrom)) / DAY));
    return certificate;
  }
}

/** The CNAMEs by which ACM validates the names, and how their zone is changed. */
async function validation({ ask }: Nameplate) {
  const { HostedZones = [] } = await ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
  const HostedZoneId = HostedZones.find(({ Name }) => Name === `${ZONE}.`)?.Id;
  const listed = await ask<ListResourceRecordSetsResponse>('route53', 'ListResourceRecordSets', { HostedZoneId });
  const isValidation = ({ Type, Name = '' }: ResourceRecordSet) => Type === 'CNAME' && Name.startsWith('_');
  const change = (Action: 'CREATE' | 'DELETE', sets: ResourceRecordSet[]) =>
    ask('route53', 'ChangeResourceRecordSets', {
      HostedZoneId,
      ChangeBatch: { Changes: sets.map((ResourceRecordSet) => ({ Action, ResourceRecordSet })) },
    });
  return { sets: (listed.ResourceRecordSets ?? []).filter(isValidation), change };
}

/** A certificate for 90 days, as a person stores it. */
async function bought({ aws }: Nameplate, name: string): Promise<string> {
  const now = aws.clock.now().getTime();
  const order = { names: [name], keyAlgorithm: 'RSA_2048' as const };
  const dates = { notBefore: new Date(now), notAfter: new Date(now + 90 * DAY) };
  const { cert, key } = inOrder(await aws.authority.issue({ ...order, ...dates }));
  return cert + key;
}

/** The listener of a port: 80 redirects to HTTPS. */
async function listenerOf(port: number, { ask }: Nameplate): Promise<Listener> {
  const service = 'elasticloadbalancing';
  const { LoadBalancers = [] } = await ask<DescribeLoadBalancersOutput>(service, 'DescribeLoadBalancers');
  const LoadBalancerArn = LoadBalancers[0]?.LoadBalancerArn;
  const { Listeners = [] } = await ask<DescribeListenersOutput>(service, 'DescribeListeners', { LoadBalancerArn });
  return Listeners.find(({ Port }) => Port === port) ?? {};
}

describe('the certificate of a live site', () => {
  let year: Year;
  beforeAll(async () => {
    const nameplate = await Nameplate.boot();
    await aZone(nameplate, ZONE);
    expect((await nameplate.onboard(shop)).state).toBe('live');
    year = new Year(nameplate);
  });
  afterAll(() => year?.nameplate.aws.close());

  test('A15: a validation record that is removed on day 100 is found within six hours and put back, and the certificate renewed, with every event of ACM lost', async () => {
    const { faults } = year.nameplate.aws.events;
    faults.add({ kind: 'lose', source: 'aws.acm', times: 10_000 });
    const since = year.nameplate.aws.clock.now();
    await year.pass(100);
    const { validTo } = await year.certificate();
    const { sets, change } = await validation(year.nameplate);
    await change('DELETE', sets);
    await year.swept(7);
    expect((await validation(year.nameplate)).sets).toEqual(sets);
    await year.swept(1);
    expect(year.told()).toEqual(['Raised validationRecordMissing', 'Resolved validationRecordMissing']);
    expect(await year.nameplate.show(shop)).toMatchObject({
      state: 'live',
      timeline: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining('Puts back what others have changed') }),
      ]),
    });
    await year.pass(70);
    expect((await year.certificate()).validTo > validTo).toBe(true);
    expect([year.told(), await year.alerts(), year.ofAcm(since)]).toEqual([[], [], []]);
    faults.clear();
  });

  test('A17: is renewed while certificates come to live 99 days and 47, and nobody is told of anything', async () => {
    while (year.nameplate.aws.clock.now() < SHORTEST) {
      await year.pass(36);
      await year.certificate();
    }
    const { servedAt, daysLeft } = await year.certificate();
    expect(servedAt.length).toBeGreaterThan(0);
    // What comes next finds one that was renewed some days before.
    await year.pass(daysLeft - 10);
    await year.certificate();
    expect(year.ends.size).toBeGreaterThan(10);
    expect([...year.lifetimes]).toEqual(LIFETIMES.filter(({ until }) => year.began < until).map(({ days }) => days));
    expect([year.told(), await year.alerts()]).toEqual([[], []]);
  });

  test('A18: one that was renewed and is not served is told of once, and its end', async () => {
    const { rollout } = year.nameplate.aws.acm;
    rollout.hold();
    const { validTo, daysLeft } = await year.certificate();
    await year.pass(daysLeft - 14);
    await year.swept(2);
    const renewed = await year.certificate();
    expect([renewed.validTo > validTo, renewed.servedAt]).toEqual([true, []]);
    expect(year.told()).toEqual(['Raised certificateNotRolledOut']);
    await year.swept(12);
    expect(year.told()).toEqual([]);
    rollout.resume();
    await year.swept(1);
    expect([year.told(), await year.alerts()]).toEqual([['Resolved certificateNotRolledOut'], []]);
    expect((await year.certificate()).servedAt.length).toBeGreaterThan(0);
  });

  test('a record that others remove and a delegation that is gone are told of, and their end', async () => {
    const { nameplate } = year;
    const { change } = await validation(nameplate);
    const own = (await nameplate.records(ZONE)).filter(({ Name, Type }) => Name === `${shop}.` && Type === 'A');
    await change('DELETE', own);
    await year.swept(7);
    expect(year.told()).toContain('Raised recordsChanged');
    await change('CREATE', own);
    await year.swept(1);
    expect(year.told()).toContain('Resolved recordsChanged');

    nameplate.aws.registrar.undelegate(ZONE);
    await year.swept(8);
    expect(year.told()).toContain('Raised delegationChanged');
    const [servers] = (await nameplate.records(ZONE)).filter(({ Type }) => Type === 'NS');
    const values = (servers?.ResourceRecords ?? []).map(({ Value = '' }) => Value);
    nameplate.aws.registrar.delegate(ZONE, values);
    await year.swept(1);
    expect(year.told()).toContain('Resolved delegationChanged');
    await year.swept(1);
    expect([await year.alerts(), year.told().filter((words) => !words.startsWith('Resolved'))]).toEqual([[], []]);
  });

  test('A16: what others remove is told of, a certificate that nothing uses then too, and put back where the document says so', async () => {
    const { nameplate } = year;
    const { ListenerArn } = await listenerOf(443, nameplate);
    await nameplate.ask('elasticloadbalancing', 'DeleteListener', { ListenerArn });
    await year.swept(8);
    const raised = year.told();
    expect(raised).toEqual(expect.arrayContaining(['Raised resourceMissing', 'Raised certificateUnattached']));
    await nameplate.change(shop, { drift: 'repair' });
    expect((await nameplate.ended(shop)).state).toBe('live');
    await year.swept(1);
    expect(year.told().sort()).toEqual(raised.map((words) => words.replace('Raised', 'Resolved')).sort());
    const again = await listenerOf(80, nameplate);
    await nameplate.ask('elasticloadbalancing', 'DeleteListener', { ListenerArn: again.ListenerArn });
    await year.swept(7);
    await year.swept(1);
    expect(year.told()).toEqual(['Raised resourceMissing', 'Resolved resourceMissing']);
    expect(await listenerOf(80, nameplate)).toMatchObject({ Port: 80 });
  });

  test('A15: a CAA record that is added is told of with the record to add, long before the renewal is due', async () => {
    const { change } = await validation(year.nameplate);
    const caa: ResourceRecordSet = {
      Name: `${ZONE}.`,
      Type: 'CAA',
      TTL: 300,
      ResourceRecords: [{ Value: '0 issue "letsencrypt.org"' }],
    };
    await change('CREATE', [caa]);
    await year.swept(7);
    expect(year.told()).toEqual(['Raised caaForbidsIssuer']);
    expect(await year.alerts()).toMatchObject([{ message: expect.stringContaining(`CAA 0 issue "amazon.com"`) }]);
    await change('DELETE', [caa]);
    await year.swept(1);
    expect([year.told(), await year.alerts()]).toEqual([['Resolved caaForbidsIssuer'], []]);
  });

  test('A16, A17, W8: an imported one is told of at each stage once, with events of ACM lost, late and doubled, and its successor is imported', async () => {
    const { nameplate } = year;
    const { ask, aws } = nameplate;
    const paid = `paid.${ZONE}`;
    // An alert that is resolved is kept for 90 days, and this takes 89: none of the tests before is to end on the way.
    await year.pass(7);
    const since = aws.clock.now();
    // Of the events of the last three days one is lost, one comes after the next, and that comes twice.
    const detailType = 'ACM Certificate Approaching Expiration';
    aws.events.faults.add({ kind: 'lose', detailType });
    aws.events.faults.add({ kind: 'late', detailType, seconds: 26 * 3600 });
    aws.events.faults.add({ kind: 'double', detailType, seconds: 5 });
    // Each event has the site looked at: forty-five days of them take a minute.
    await ask('acm', 'PutAccountConfiguration', { ExpiryEvents: { DaysBeforeExpiry: 3 }, IdempotencyToken: 'care' });
    const { ARN: secret } = await ask<CreateSecretResponse>('secretsmanager', 'CreateSecret', {
      Name: 'certificates/paid',
      ClientRequestToken: randomUUID(),
      SecretString: await bought(nameplate, paid),
      Tags: [{ Key: 'nameplate:certificate', Value: 'Nameplate' }],
    });
    expect((await nameplate.onboard(paid, { certificate: { imported: { secret } } })).state).toBe('live');
    for (const days of [50, 9]) await year.pass(days);
    expect(year.told()).toEqual([]);
    for (const days of [2.5, 14, 8, 4, 2]) await year.pass(days);
    const [first, ...others] = year.told();
    expect([first, others]).toEqual(['Raised certificateExpiring', Array(4).fill('Escalated certificateExpiring')]);
    const came = year.ofAcm(since).filter((event) => event.startsWith(detailType));
    expect(came.map((event) => event.slice(detailType.length))).toEqual([' 1', ' 1', ' 2']);
    const command = new BuiltCommand();
    const transcripts = new Transcripts('care.md', CARE);
    const run = async (...words: string[]): Promise<Ran> => {
      const ran = await command.run(words, { env: { NAMEPLATE_URL: aws.apiUrl } });
      transcripts.heard(words, ran);
      return ran;
    };
    await run('certificates');
    const [, acknowledge = ''] = /Next: nameplate (.*)\n$/.exec((await run('alerts')).stdout) ?? [];
    expect(await run(...acknowledge.split(' '))).toMatchObject({ code: 0, stderr: '' });
    expect(await year.alerts()).toMatchObject([
      { acknowledged: {}, fix: expect.stringContaining('Store its successor') },
    ]);
    await ask('secretsmanager', 'PutSecretValue', {
      SecretId: secret,
      ClientRequestToken: randomUUID(),
      SecretString: await bought(nameplate, paid),
    });
    await year.swept(2);
    expect([year.told(), await year.alerts()]).toEqual([['Resolved certificateExpiring'], []]);
    expect((await nameplate.show(paid)).state).toBe('live');
    expect((await run('alerts', '--resolved')).stdout).toContain('certificateExpiring');
    command.remove();
    const { written, heard } = transcripts.compared();
    expect(written).toEqual(heard);
  });
});
