import { DescribeAddressesCommand, DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { readSiteItem } from '../../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../../aws/ledger/write-site.ts';
import { document, useDeclaring } from '../../../support/declaring.ts';
import { StubbedZone, stored } from '../../../support/stubbed-zone.ts';

const { ledger, ec2, route53, post, started } = useDeclaring();
const lost = '203.0.113.4';
const instance = {
  InstanceId: 'i-0123456789abcdef0',
  State: { Name: 'running' as const },
  VpcId: 'vpc-1',
  SubnetId: 'subnet-0000000a',
  PrivateIpAddress: '10.0.0.4',
  PublicIpAddress: lost,
  Placement: { AvailabilityZone: 'us-east-1a' },
  SecurityGroups: [{ GroupId: 'sg-1' }],
};

beforeEach(() => {
  ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [instance] }] });
  ec2.on(DescribeAddressesCommand).resolves({ Addresses: [] });
});
const zone = (...sets: ReturnType<typeof stored>[]) => new StubbedZone(route53, sets, 'Z1');

describe('C6: POST /v1/sites for an instance whose auto-assigned address will be lost', () => {
  test('begins when no record leads there', async () => {
    zone(stored('blog.example.test', 'A', '203.0.113.5'));
    expect((await post()).status).toBe(202);
  });

  test('is refused with the records that lead there until that is approved', async () => {
    zone(stored('blog.example.test', 'A', lost));
    const { status, json } = await post();
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:needs-approval']);
    expect(json.errors).toEqual([
      {
        pointer: '#/approve',
        detail: expect.stringMatching(
          /^Lose 203\.0\.113\.4: .*blog\.example\.test A 203\.0\.113\.4 in the hosted zone/,
        ),
      },
    ]);
    expect([started(), await readSiteItem(ledger, document.domain)]).toEqual([[], undefined]);
    expect((await post({ ...document, approve: json.approval.checksum })).status).toBe(202);
    expect((await readSiteItem(ledger, document.domain))?.operation).toMatchObject({ loses: [lost] });
  });

  test('asks for it once: the next request can approve what else held the operation', async () => {
    zone(stored('blog.example.test', 'A', lost));
    const { json } = await post();
    await post({ ...document, approve: json.approval.checksum });
    const begun = await readSiteItem(ledger, document.domain);
    if (!begun?.operation) throw new Error('No operation has begun');
    const { operation, ...item } = begun;
    await writeSite(
      ledger,
      { ...item, state: 'held', last: { ...operation, endedAt: item.updatedAt } },
      { over: begun },
    );
    const silences = 'f'.repeat(64);
    expect((await post({ ...document, approve: silences })).status).toBe(202);
    expect((await readSiteItem(ledger, document.domain))?.operation).toMatchObject({ loses: [lost], silences });
  });

  test('begins when the instance has an Elastic IP already, which stays', async () => {
    zone(stored('blog.example.test', 'A', lost));
    ec2.on(DescribeAddressesCommand).resolves({
      Addresses: [{ AllocationId: 'eipalloc-1', PublicIp: lost, InstanceId: instance.InstanceId }],
    });
    expect((await post()).status).toBe(202);
  });
});
