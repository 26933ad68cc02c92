import {
  ChangeTagsForResourceCommand,
  CreateHealthCheckCommand,
  DeleteHealthCheckCommand,
  type HealthCheckConfig,
  ListHealthChecksCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  ListTagsForResourceCommand,
  Route53Client,
  UpdateHealthCheckCommand,
} from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readEnvironment } from '../../../aws/environment.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import { healthCheckReference } from '../../../domain/failover/health-check.ts';
import type { Failover } from '../../../domain/sites/failover.ts';
import { handler } from '../../../functions/resources/health-check.ts';
import { useLedger } from '../../support/ledger.ts';
import { aFailover, aSite } from '../../support/site.ts';
import {
  event as anEvent,
  awsError,
  context,
  domain,
  givenSite,
  givenStep,
  givenUndo,
  mutations,
  owner,
  ownTags,
  theStep,
} from '../../support/steps.ts';

const ledger = useLedger();
const route53 = mockClient(Route53Client);
const prepare = { ...anEvent, phase: 'prepare' as const };
const release = { ...anEvent, phase: 'release' as const };
const originName = `origin.${domain}`;

const config: HealthCheckConfig = {
  Type: 'HTTPS',
  FullyQualifiedDomainName: originName,
  Port: 443,
  ResourcePath: '/',
  RequestInterval: 30,
  FailureThreshold: 3,
  EnableSNI: true,
  Disabled: false,
  Inverted: false,
};

interface Check {
  id: string;
  reference?: string;
  changes?: Partial<HealthCheckConfig>;
}

const told = ({ id, reference = healthCheckReference(owner, { revision: 1, attempt: 1 }), changes }: Check) => ({
  Id: id,
  CallerReference: reference,
  HealthCheckVersion: 4,
  HealthCheckConfig: { ...config, ...changes },
});

const having = (...checks: Check[]) =>
  route53.on(ListHealthChecksCommand).resolves({ HealthChecks: checks.map(told), IsTruncated: false } as never);

const tagged = (tags: object[]) =>
  route53.on(ListTagsForResourceCommand).resolves({ ResourceTagSet: { Tags: tags } } as never);

const sent = <Command>(kind: new (...args: never[]) => Command) =>
  route53
    .calls()
    .flatMap(({ args: [command] }) => (command instanceof kind ? [(command as { input: object }).input] : []));

const failing = (changes: Partial<Failover> = {}) => ({ failover: { ...aFailover(), ...changes } });

beforeEach(() => {
  route53.reset();
  having();
  tagged(ownTags);
  route53
    .on(CreateHealthCheckCommand)
    .callsFake(({ CallerReference, HealthCheckConfig }) => ({
      HealthCheck: { Id: 'new', CallerReference, HealthCheckVersion: 1, HealthCheckConfig },
    }))
    .on(UpdateHealthCheckCommand)
    .callsFake(({ HealthCheckId }) => ({ HealthCheck: told({ id: HealthCheckId }) }))
    .on(ChangeTagsForResourceCommand)
    .resolves({})
    .on(DeleteHealthCheckCommand)
    .resolves({})
    .on(ListHostedZonesCommand)
    .resolves({
      HostedZones: [{ Id: '/hostedzone/ZEXAMPLE', Name: 'example.test.', CallerReference: 'x' }],
      IsTruncated: false,
    } as never)
    .on(ListResourceRecordSetsCommand)
    .resolves({ ResourceRecordSets: [], IsTruncated: false } as never);
});

describe('CreateHealthCheck', () => {
  test('#13: creates one that asks the origin name over HTTPS with SNI, tags it, and tells its id', async () => {
    await givenSite(ledger, { site: failing() });
    expect(await handler(prepare, context)).toEqual({ healthCheckId: 'new' });
    expect(sent(CreateHealthCheckCommand)).toEqual([
      { CallerReference: healthCheckReference(owner, { revision: 1, attempt: 1 }), HealthCheckConfig: config },
    ]);
    expect(sent(ChangeTagsForResourceCommand)).toEqual([
      { ResourceType: 'healthcheck', ResourceId: 'new', AddTags: ownTags },
    ]);
    expect((await theStep(ledger, 'CreateHealthCheck')).made).toMatchObject([{ type: 'health check', id: 'new' }]);
  });

  test('#13: asks a server over plain HTTP where it speaks no other, as often and for what the document says', async () => {
    const check = { path: '/up', intervalSeconds: 10, failures: 1 } as const;
    await givenSite(ledger, { site: { edge: 'direct', ...failing({ check }) } });
    await handler(prepare, context);
    expect(sent(CreateHealthCheckCommand)).toMatchObject([
      {
        HealthCheckConfig: {
          Type: 'HTTP',
          Port: 80,
          ResourcePath: '/up',
          RequestInterval: 10,
          FailureThreshold: 1,
          EnableSNI: false,
        },
      },
    ]);
  });

  test('R23: takes the next reference where that of a deleted check is refused', async () => {
    await givenSite(ledger, { site: failing() });
    route53
      .on(CreateHealthCheckCommand, { CallerReference: healthCheckReference(owner, { revision: 1, attempt: 1 }) })
      .rejects(awsError('HealthCheckAlreadyExists'));
    expect(await handler(prepare, context)).toEqual({ healthCheckId: 'new' });
    expect(sent(CreateHealthCheckCommand).at(-1)).toMatchObject({
      CallerReference: healthCheckReference(owner, { revision: 1, attempt: 2 }),
    });
  });

  test('is done where it is there already: a second run changes nothing', async () => {
    await givenSite(ledger, { site: failing() });
    having({ id: 'there' });
    expect(await handler(prepare, context)).toEqual({ healthCheckId: 'there' });
    expect(mutations(route53)).toEqual([]);
  });

  test('tags the one whose creation was answered to nobody', async () => {
    await givenSite(ledger, { site: failing() });
    having({ id: 'there' });
    tagged([]);
    expect(await handler(prepare, context)).toEqual({ healthCheckId: 'there' });
    expect(mutations(route53)).toEqual(['ChangeTagsForResource']);
  });

  test.each<[string, Partial<HealthCheckConfig>, object]>([
    ['disabled', { Disabled: true }, { Disabled: false }],
    ['inverted', { Inverted: true }, { Inverted: false }],
    ['given another path', { ResourcePath: '/other' }, { ResourcePath: '/' }],
    ['given another threshold', { FailureThreshold: 10 }, { FailureThreshold: 3 }],
  ])('R25: sets back what another tool has %s', async (_, changes, after) => {
    await givenSite(ledger, { site: failing() });
    having({ id: 'there', changes });
    await handler(prepare, context);
    expect(sent(UpdateHealthCheckCommand)).toEqual([{ HealthCheckId: 'there', HealthCheckVersion: 4, ...after }]);
    expect(mutations(route53)).toEqual(['UpdateHealthCheck']);
  });

  test('waits where another client has changed it since it was read', async () => {
    await givenSite(ledger, { site: failing() });
    having({ id: 'there', changes: { Disabled: true } });
    route53.on(UpdateHealthCheckCommand).rejects(awsError('HealthCheckVersionMismatch'));
    await expect(handler(prepare, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test("leaves another owner's alone, though it asks the same", async () => {
    await givenSite(ledger, { site: failing() });
    having(
      { id: 'of-a-person', reference: 'by hand' },
      {
        id: 'of-another-stack',
        reference: healthCheckReference({ ...owner, stack: 'Other' }, { revision: 1, attempt: 1 }),
      },
    );
    expect(await handler(prepare, context)).toEqual({ healthCheckId: 'new' });
    expect(mutations(route53)).toEqual(['CreateHealthCheck', 'ChangeTagsForResource']);
  });

  test('creates another one for a new document that asks something else: what is live goes on asking what serves', async () => {
    const live = aSite(failing({ check: { path: '/old', intervalSeconds: 30, failures: 3 } }));
    await givenSite(ledger, { site: failing(), item: { live, liveAt: live.domain } });
    having({ id: 'live', changes: { ResourcePath: '/old' } });
    expect(await handler(prepare, context)).toEqual({ healthCheckId: 'new' });
    expect(mutations(route53)).toEqual(['CreateHealthCheck', 'ChangeTagsForResource']);
  });

  test('stops where that name moves to another origin at the same time', async () => {
    const origin = { instance: { id: 'i-00000000000000001', port: 80, healthPath: '/' } };
    const live = aSite({ edge: 'direct', origin, ...failing() });
    const check = { path: '/new', intervalSeconds: 30, failures: 3 } as const;
    await givenSite(ledger, { site: { edge: 'direct', ...failing({ check }) }, item: { live } });
    having({ id: 'live', changes: { Type: 'HTTP', Port: 80, EnableSNI: false } });
    await expect(handler(prepare, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`"originName": "to-${originName}"`),
    });
    expect(mutations(route53)).toEqual([]);
  });

  test('R21: says that the account has no room', async () => {
    await givenSite(ledger, { site: failing() });
    route53.on(CreateHealthCheckCommand).rejects(awsError('TooManyHealthChecks'));
    await expect(handler(prepare, context)).rejects.toMatchObject({ name: 'QuotaReached' });
  });
});

describe('RemoveHealthChecks', () => {
  const made = [{ type: 'health check', id: 'there', ours: true }] as const;
  const givenMade = () =>
    givenStep(ledger, { name: 'CreateHealthCheck', made: [...made], output: { healthCheckId: 'there' } });

  test('deletes it, and asks nothing where there never was one', async () => {
    await givenUndo(ledger, { site: failing() });
    expect(await handler(release, context)).toEqual({ left: [] });
    expect(route53.calls()).toHaveLength(0);
    await givenMade();
    having({ id: 'there' });
    expect(await handler(release, context)).toEqual({ left: [] });
    expect(mutations(route53)).toEqual(['DeleteHealthCheck']);
  });

  test('R22: retains one that a record or a calculated health check uses: Route 53 would delete it', async () => {
    await givenUndo(ledger, { site: failing() });
    await givenMade();
    having(
      { id: 'there' },
      { id: 'sum', reference: 'by hand', changes: { Type: 'CALCULATED', ChildHealthChecks: ['there'] } },
    );
    const set = { Name: `${domain}.`, Type: 'A', SetIdentifier: 'blue', HealthCheckId: 'there', TTL: 60 };
    route53.on(ListResourceRecordSetsCommand).resolves({ ResourceRecordSets: [set], IsTruncated: false } as never);
    expect(await handler(release, context)).toMatchObject({
      left: [
        { type: 'health check', id: 'there', why: expect.stringContaining(`${domain} A "blue" in the hosted zone`) },
      ],
    });
    expect(mutations(route53)).toEqual([]);
  });

  test('R22: looks for them in the zone of another account by its role', async () => {
    const dns = { role: 'arn:aws:iam::210987654321:role/nameplate-dns' };
    await givenUndo(ledger, { site: { ...failing(), dns }, item: { proven: { [domain]: 'proven' } } });
    await givenMade();
    having({ id: 'there' });
    await handler(release, context);
    const asked = route53.send.getCalls().find(({ args: [command] }) => command instanceof ListHostedZonesCommand);
    expect(asked?.thisValue === route53Of({ dns }, readEnvironment())).toBe(true);
  });

  test('takes one that is gone already for done', async () => {
    await givenUndo(ledger, { site: failing() });
    await givenMade();
    having({ id: 'there' });
    route53.on(DeleteHealthCheckCommand).rejects(awsError('NoSuchHealthCheck', 'gone', 404));
    expect(await handler(release, context)).toEqual({ left: [] });
  });
});
