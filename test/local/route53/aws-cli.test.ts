import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { aRoute53World } from './world.ts';

const DEBIAN_AWS = '/usr/bin/aws';

test('the AWS CLI of Debian makes a zone, changes it and reads it', async () => {
  const world = await aRoute53World();
  const env = {
    PATH: '/usr/bin:/bin',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'y',
    AWS_DEFAULT_REGION: 'eu-west-1',
    HOME: '/nonexistent',
  };
  const aws = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)(DEBIAN_AWS, ['--endpoint-url', world.aws.url, 'route53', ...args], {
      env,
    });
    return stdout === '' ? {} : JSON.parse(stdout);
  };
  try {
    const made = await aws('create-hosted-zone', '--name', 'shop.example.test', '--caller-reference', 'cli');
    const id = made.HostedZone.Id.replace('/hostedzone/', '');
    expect(made.DelegationSet.NameServers).toHaveLength(4);
    const set = { Name: '*.shop.example.test', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '203.0.113.9' }] };
    const batch = JSON.stringify({ Changes: [{ Action: 'UPSERT', ResourceRecordSet: set }] });
    const { ChangeInfo: change } = await aws(
      'change-resource-record-sets',
      '--hosted-zone-id',
      id,
      '--change-batch',
      batch,
    );
    expect(change.Status).toBe('PENDING');
    await world.settle();
    expect((await aws('get-change', '--id', change.Id)).ChangeInfo.Status).toBe('INSYNC');
    const { ResourceRecordSets: sets } = await aws('list-resource-record-sets', '--hosted-zone-id', id);
    expect(sets.map((listed: { Name: string; Type: string }) => `${listed.Name} ${listed.Type}`)).toEqual([
      'shop.example.test. NS',
      'shop.example.test. SOA',
      '\\052.shop.example.test. A',
    ]);
    expect((await aws('list-hosted-zones')).HostedZones).toMatchObject([
      { Name: 'shop.example.test.', ResourceRecordSetCount: 3 },
    ]);
    expect((await aws('list-hosted-zones-by-name', '--dns-name', 'shop.example.test')).HostedZones).toHaveLength(1);
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
    const failed = await aws('delete-hosted-zone', '--id', id).catch((error: Error) => error.message);
    expect(failed).toContain(
      '(HostedZoneNotEmpty) when calling the DeleteHostedZone operation: The specified hosted zone contains non-required',
    );
    const repeated = JSON.stringify({ Changes: [{ Action: 'CREATE', ResourceRecordSet: set }] });
    const refused = await aws('change-resource-record-sets', '--hosted-zone-id', id, '--change-batch', repeated).catch(
      (error: Error) => error.message,
    );
    expect(refused).toContain(
      "[Tried to create resource record set [name='\\052.shop.example.test.', type='A'] but it already exists]",
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    console.warn(`Skipped: there is no ${DEBIAN_AWS} (apt-get install awscli)`);
  } finally {
    await world.aws.close();
  }
});
