import {
  ChangeTagsForResourceCommand,
  type HealthCheckConfig,
  ListTagsForResourceCommand,
  Route53,
  type UpdateHealthCheckRequest,
} from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aChange, anAlias, aRoute53World, type Route53World } from './world.ts';

const ZONE = 'shop.example.test';
const CONFIG: HealthCheckConfig = { Type: 'HTTPS', FullyQualifiedDomainName: `origin.${ZONE}` };

let world: Route53World;
let aws: Route53;
beforeEach(async () => {
  world = await aRoute53World();
  aws = world.aws.client(Route53);
});
afterEach(() => world.aws.close());

const create = (config: Partial<HealthCheckConfig> = {}, CallerReference = `check ${Math.random()}`) =>
  aws.createHealthCheck({ CallerReference, HealthCheckConfig: { ...CONFIG, ...config } });
const created = async (config: Partial<HealthCheckConfig> = {}): Promise<string> =>
  String((await create(config)).HealthCheck?.Id);
const refusal = async (act: Promise<unknown>): Promise<string> => {
  const error = await act.then(
    () => undefined,
    (reason: Error) => reason,
  );
  return error ? `${error.name}: ${error.message}` : 'nothing is wrong';
};

describe('a health check', () => {
  test('is shown with its defaults filled in', async () => {
    const { HealthCheck: check, Location } = await create({}, 'mine');
    expect(check).toEqual({
      Id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      CallerReference: 'mine',
      HealthCheckVersion: 1,
      HealthCheckConfig: {
        Type: 'HTTPS',
        FullyQualifiedDomainName: `origin.${ZONE}`,
        Port: 443,
        RequestInterval: 30,
        FailureThreshold: 3,
        MeasureLatency: false,
        Inverted: false,
        Disabled: false,
        EnableSNI: true,
      },
    });
    expect(Location).toBe(`https://route53.amazonaws.com/2013-04-01/healthcheck/${check?.Id}`);
    const { HealthCheck: read } = await aws.getHealthCheck({ HealthCheckId: check?.Id });
    expect(read).toEqual(check);
  });

  test('is answered again for the same reference and settings; other settings are refused', async () => {
    const first = await create({}, 'mine');
    expect((await create({}, 'mine')).HealthCheck?.Id).toBe(first.HealthCheck?.Id);
    expect(await refusal(create({ Port: 8443 }, 'mine'))).toBe(
      'HealthCheckAlreadyExists: A different health check has already been created with the specified caller reference.',
    );
  });

  test('R22: is deleted though records refer to it; R23: its reference stays taken', async () => {
    const { HealthCheck: check } = await create({}, 'mine');
    const HealthCheckId = check?.Id;
    const { id } = await world.zone(ZONE);
    await world.change(
      id,
      anAlias('CREATE', `www.${ZONE}`, { SetIdentifier: 'a', Failover: 'PRIMARY', HealthCheckId }),
    );
    await aws.deleteHealthCheck({ HealthCheckId });
    expect(await refusal(aws.getHealthCheck({ HealthCheckId }))).toBe(
      `NoSuchHealthCheck: A health check with id ${HealthCheckId} does not exist.`,
    );
    expect(await refusal(create({}, 'mine'))).toContain('HealthCheckAlreadyExists');
    await world.settle();
    await world.change(
      id,
      anAlias('DELETE', `www.${ZONE}`, { SetIdentifier: 'a', Failover: 'PRIMARY', HealthCheckId }),
    );
  });

  test('is updated part by part, guarded by its version', async () => {
    const HealthCheckId = await created({ ResourcePath: '/healthz', Regions: ['us-east-1', 'eu-west-1', 'sa-east-1'] });
    const update = (changes: Partial<UpdateHealthCheckRequest>) => aws.updateHealthCheck({ HealthCheckId, ...changes });
    const { HealthCheck: check } = await update({
      HealthCheckVersion: 1,
      FailureThreshold: 2,
      ResetElements: ['Regions', 'ResourcePath'],
    });
    expect(check?.HealthCheckVersion).toBe(2);
    expect(check?.HealthCheckConfig).toMatchObject({ Port: 443, FailureThreshold: 2 });
    expect(check?.HealthCheckConfig).not.toHaveProperty('Regions');
    expect(check?.HealthCheckConfig).not.toHaveProperty('ResourcePath');
    expect(await refusal(update({ HealthCheckVersion: 1, Port: 444 }))).toMatch(/^HealthCheckVersionMismatch: /);
    expect(await refusal(update({ IPAddress: '203.0.113.9' }))).toMatch(/^InvalidInput: /);
    expect(await refusal(update({ FailureThreshold: 11 }))).toContain(
      "Value '11' at 'failureThreshold' failed to satisfy constraint",
    );
  });

  test('is listed, counted, and one of 200 at most', async () => {
    for (let count = 0; count < 200; count++) {
      if (count % 40 === 0) await world.aws.clock.advance(120_000);
      // Disabled: no checker is needed.
      await created({ Disabled: true });
    }
    await world.aws.clock.advance(120_000);
    expect(await refusal(create())).toMatch(/^TooManyHealthChecks: /);
    expect(await aws.getHealthCheckCount({})).toMatchObject({ HealthCheckCount: 200 });
    expect(await aws.getAccountLimit({ Type: 'MAX_HEALTH_CHECKS_BY_OWNER' })).toMatchObject({
      Limit: { Value: 200 },
      Count: 200,
    });
    const first = await aws.listHealthChecks({});
    expect(first).toMatchObject({ IsTruncated: true, MaxItems: 100 });
    const second = await aws.listHealthChecks({ Marker: first.NextMarker });
    expect(second).toMatchObject({ IsTruncated: false, Marker: first.NextMarker });
    const ids = [...(first.HealthChecks ?? []), ...(second.HealthChecks ?? [])].map(({ Id }) => Id);
    expect(new Set(ids).size).toBe(200);
  });

  test('has tags', async () => {
    const resource = { ResourceType: 'healthcheck', ResourceId: await created() } as const;
    await aws.send(new ChangeTagsForResourceCommand({ ...resource, AddTags: [{ Key: 'Name', Value: 'origin' }] }));
    const { ResourceTagSet: set } = await aws.send(new ListTagsForResourceCommand(resource));
    expect(set).toMatchObject({ ...resource, Tags: [{ Key: 'Name', Value: 'origin' }] });
  });

  test('is judged by its own ARN, creation and lists by none, the ranges of checkers not at all', async () => {
    const [mine, other] = [await created(), await created()];
    const credentials = world.aws.role({
      Effect: 'Allow',
      Action: ['route53:GetHealthCheck', 'route53:CreateHealthCheck', 'route53:GetHealthCheckStatus'],
      Resource: `arn:aws:route53:::healthcheck/${mine}`,
    });
    const role = world.aws.client(Route53, { credentials });
    await role.getHealthCheck({ HealthCheckId: mine });
    await role.getHealthCheckStatus({ HealthCheckId: mine });
    const denied = { name: 'AccessDenied' };
    await expect(role.getHealthCheck({ HealthCheckId: other })).rejects.toMatchObject(denied);
    await expect(role.createHealthCheck({ CallerReference: 'x', HealthCheckConfig: CONFIG })).rejects.toMatchObject(
      denied,
    );
    const { CheckerIpRanges: ranges = [] } = await role.getCheckerIpRanges({});
    expect(ranges).toHaveLength(32);
    expect(ranges).toContain('54.228.16.0/26');
  });
});

describe('a configuration is refused', () => {
  const basic = { FullyQualifiedDomainName: undefined, IPAddress: '203.0.113.9' };
  test.each<[string, Partial<HealthCheckConfig>]>([
    [
      'Invalid parameter : Basic health checks must not have an metric region specified.',
      { AlarmIdentifier: { Name: 'a', Region: 'us-east-1' } },
    ],
    [
      'Basic health checks must not have an insufficient data health state specified.',
      { InsufficientDataHealthStatus: 'Healthy' },
    ],
    [
      'TCP health checks that have IP address must not have a fully qualified domain name specified.',
      { Type: 'TCP', IPAddress: '203.0.113.9', Port: 80 },
    ],
    [
      'TCP health checks must not have a resource path specified.',
      { ...basic, Type: 'TCP', Port: 80, ResourcePath: '/' },
    ],
    [
      'Calculated health checks must not have a failure threshold specified.',
      { ...basic, IPAddress: undefined, Type: 'CALCULATED', FailureThreshold: 3 },
    ],
    ['Invalid IP address: 10.0.0.9 is forbidden.', { ...basic, IPAddress: '10.0.0.9' }],
    [
      'Basic health checks must have an IP address or a fully qualified domain name specified.',
      { ...basic, IPAddress: undefined },
    ],
    [
      "1 validation error detected: Value '0' at 'healthCheckConfig.port' failed to satisfy constraint: Member must have value greater than or equal to 1",
      { Port: 0 },
    ],
    [
      "1 validation error detected: Value '[us-east-1, eu-west-1]' at 'healthCheckConfig.regions' failed to satisfy constraint: Member must have length greater than or equal to 3",
      { Regions: ['us-east-1', 'eu-west-1'] },
    ],
  ])('%s', async (message, config) => {
    expect(await refusal(create(config))).toBe(`InvalidInput: ${message}`);
  });

  test.each<[string, Partial<HealthCheckConfig>]>([
    ['an interval that is neither 10 nor 30', { RequestInterval: 20 }],
    ['a string to search for without its type', { SearchString: 'fine' }],
    ['a type that searches without a string', { Type: 'HTTPS_STR_MATCH' }],
    ['TCP without a port', { Type: 'TCP' }],
    [
      'an alarm that is not there',
      {
        Type: 'CLOUDWATCH_METRIC',
        FullyQualifiedDomainName: undefined,
        AlarmIdentifier: { Name: 'a', Region: 'us-east-1' },
      },
    ],
    [
      'a child that is not there',
      { Type: 'CALCULATED', FullyQualifiedDomainName: undefined, HealthThreshold: 1, ChildHealthChecks: ['x'] },
    ],
  ])('%s', async (_, config) => {
    expect(await refusal(create(config))).toMatch(/^InvalidInput: /);
  });
});

describe('failover record sets', () => {
  const change = async (...changes: Parameters<Route53World['change']>[1][]) => {
    const zone = [...((await aws.listHostedZones({})).HostedZones ?? [])][0]?.Id ?? '';
    return refusal(world.change(zone, ...changes));
  };
  beforeEach(() => world.zone(ZONE));
  const record = (name: string, rest: object) => {
    const one = aChange('CREATE', name, 'A', '203.0.113.1');
    return { ...one, ResourceRecordSet: { ...one.ResourceRecordSet, ...rest } } as typeof one;
  };

  test('want a health check for a primary that is no alias', async () => {
    expect(await change(record(ZONE, { SetIdentifier: 'a', Failover: 'PRIMARY' }))).toBe(
      'InvalidChangeBatch: [A non-alias primary ResourceRecordSet must have an associated health check. No changes made.]',
    );
    expect(await change(record(ZONE, { SetIdentifier: 'b', Failover: 'SECONDARY' }))).toBe('nothing is wrong');
  });

  test('want a health check that exists', async () => {
    const HealthCheckId = '11111111-2222-4333-8444-555555555555';
    expect(await change(record(ZONE, { SetIdentifier: 'a', Failover: 'PRIMARY', HealthCheckId }))).toBe(
      `NoSuchHealthCheck: A health check with id ${HealthCheckId} does not exist.`,
    );
  });

  test('R27: do not evaluate the health of a distribution', async () => {
    world.names.awsNames.set('d111111abcdef8.cloudfront.net', {
      zoneId: 'Z2FDTNDATAQYW2',
      a: () => ['203.0.113.5'],
      aaaa: () => [],
      healthy: () => true,
    });
    const page = (EvaluateTargetHealth: boolean) =>
      anAlias('CREATE', `www.${ZONE}`, {
        SetIdentifier: 'page',
        Failover: 'SECONDARY',
        AliasTarget: { HostedZoneId: 'Z2FDTNDATAQYW2', DNSName: 'd111111abcdef8.cloudfront.net', EvaluateTargetHealth },
      });
    expect(await change(page(true))).toMatch(/^InvalidChangeBatch: /);
    expect(await change(page(false))).toBe('nothing is wrong');
  });
});
