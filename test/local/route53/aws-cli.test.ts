import type {
  DelegationSet,
  HealthCheck,
  HealthCheckObservation,
  HostedZone,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { expect, test } from '@jest/globals';
import { awsCli, describeWithAwsCli } from '../../support/aws-cli.ts';
import { aSite } from './a-site.ts';
import { aRoute53World } from './world.ts';

describeWithAwsCli('the AWS CLI', () => {
  test('makes a zone, changes it and reads it', async () => {
    const world = await aRoute53World();
    const aws = <Answer>(...args: string[]): Promise<Answer> =>
      awsCli(world.aws.url, 'route53', ...args) as Promise<Answer>;
    const refusal = (...args: string[]): Promise<string> => aws(...args).then(String, (error: Error) => error.message);
    try {
      const made = await aws<{ HostedZone: HostedZone; DelegationSet: DelegationSet }>(
        'create-hosted-zone',
        '--name',
        'shop.example.test',
        '--caller-reference',
        'cli',
      );
      const id = made.HostedZone.Id?.replace('/hostedzone/', '') ?? '';
      expect(made.DelegationSet.NameServers).toHaveLength(4);
      const set = { Name: '*.shop.example.test', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '203.0.113.9' }] };
      const batch = JSON.stringify({ Changes: [{ Action: 'UPSERT', ResourceRecordSet: set }] });
      const { ChangeInfo: change } = await aws<{ ChangeInfo: { Id: string; Status: string } }>(
        'change-resource-record-sets',
        '--hosted-zone-id',
        id,
        '--change-batch',
        batch,
      );
      expect(change.Status).toBe('PENDING');
      await world.settle();
      expect(await aws('get-change', '--id', change.Id)).toMatchObject({ ChangeInfo: { Status: 'INSYNC' } });
      const { ResourceRecordSets: sets } = await aws<{ ResourceRecordSets: ResourceRecordSet[] }>(
        'list-resource-record-sets',
        '--hosted-zone-id',
        id,
      );
      expect(sets.map(({ Name, Type }) => `${Name} ${Type}`)).toEqual([
        'shop.example.test. NS',
        'shop.example.test. SOA',
        '\\052.shop.example.test. A',
      ]);
      const listed = { HostedZones: [{ Name: 'shop.example.test.', ResourceRecordSetCount: 3 }] };
      expect(await aws('list-hosted-zones')).toMatchObject(listed);
      expect(await aws('list-hosted-zones-by-name', '--dns-name', 'shop.example.test')).toMatchObject(listed);
      const tested = await aws(
        'test-dns-answer',
        '--hosted-zone-id',
        id,
        '--record-name',
        'x.shop.example.test',
        '--record-type',
        'A',
      );
      expect(tested).toMatchObject({ RecordData: ['203.0.113.9'], ResponseCode: 'NOERROR' });
      const failed = await refusal('delete-hosted-zone', '--id', id);
      expect(failed).toContain(
        '(HostedZoneNotEmpty) when calling the DeleteHostedZone operation: The specified hosted zone contains non-required',
      );
      const repeated = JSON.stringify({ Changes: [{ Action: 'CREATE', ResourceRecordSet: set }] });
      const refused = await refusal('change-resource-record-sets', '--hosted-zone-id', id, '--change-batch', repeated);
      expect(refused).toContain(
        "[Tried to create resource record set [name='\\052.shop.example.test.', type='A'] but it already exists]",
      );
    } finally {
      await world.aws.close();
    }
  });

  test('makes a health check, updates it, asks for its status and deletes it', async () => {
    const world = await aRoute53World();
    const aws = <Answer>(...args: string[]): Promise<Answer> =>
      awsCli(world.aws.url, 'route53', ...args) as Promise<Answer>;
    try {
      aSite(world.internet, { address: '203.0.113.40' });
      const config = JSON.stringify({ Type: 'HTTP', IPAddress: '203.0.113.40', ResourcePath: '/healthz' });
      const reference = ['--caller-reference', 'cli', '--health-check-config', config];
      const { HealthCheck: check } = await aws<{ HealthCheck: HealthCheck }>('create-health-check', ...reference);
      expect(check).toMatchObject({ HealthCheckVersion: 1, HealthCheckConfig: { Port: 80, EnableSNI: false } });
      const id = ['--health-check-id', String(check.Id)];
      await world.aws.clock.advance(60_000);
      const { HealthCheckObservations: found } = await aws<{ HealthCheckObservations: HealthCheckObservation[] }>(
        'get-health-check-status',
        ...id,
      );
      expect(found).toHaveLength(16);
      expect(found[0]?.StatusReport?.Status).toBe('Success: HTTP Status Code 200, OK');
      expect(await aws('get-health-check-last-failure-reason', ...id)).toEqual({ HealthCheckObservations: [] });
      const updated = await aws('update-health-check', ...id, '--health-check-version', '1', '--inverted');
      expect(updated).toMatchObject({ HealthCheck: { HealthCheckVersion: 2, HealthCheckConfig: { Inverted: true } } });
      const stale = aws('update-health-check', ...id, '--health-check-version', '1', '--no-inverted');
      await expect(stale).rejects.toThrow('(HealthCheckVersionMismatch) when calling the UpdateHealthCheck operation');
      expect(await aws('list-health-checks')).toMatchObject({ HealthChecks: [{ Id: check.Id }] });
      await aws('delete-health-check', ...id);
      expect(await aws('get-health-check-count')).toMatchObject({ HealthCheckCount: 0 });
    } finally {
      await world.aws.close();
    }
  });
});
