import { DescribeInstancesCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { oneLook } from '../../aws/one-look.ts';

const ec2 = mockClient(EC2Client);
const about = (id: string) => new DescribeInstancesCommand({ InstanceIds: [id] });

describe('oneLook()', () => {
  beforeEach(() => {
    ec2.reset();
    ec2.on(DescribeInstancesCommand).resolves({ NextToken: 'more' }).on(DescribeSubnetsCommand).resolves({});
  });

  test('asks once for what is asked for twice, side by side or one after the other', async () => {
    const clients = oneLook();
    const [one, other] = await Promise.all([
      clients(EC2Client).send(about('i-1')),
      clients(EC2Client).send(about('i-1')),
    ]);
    expect([one, await clients(EC2Client).send(about('i-1'))]).toEqual([other, other]);
    expect(ec2.calls()).toHaveLength(1);
  });

  test('asks again for anything else: another input, another operation, another region', async () => {
    const clients = oneLook();
    await clients(EC2Client).send(about('i-1'));
    await clients(EC2Client).send(about('i-2'));
    await clients(EC2Client).send(new DescribeSubnetsCommand({}));
    await clients(EC2Client, { region: 'eu-west-1' }).send(about('i-1'));
    expect(ec2.calls()).toHaveLength(4);
  });

  test('R3: gives the failure again to whoever asks again, and never half a view', async () => {
    ec2.on(DescribeInstancesCommand).rejectsOnce(new Error('Rate exceeded'));
    const clients = oneLook();
    await expect(clients(EC2Client).send(about('i-1'))).rejects.toThrow('Rate exceeded');
    await expect(clients(EC2Client).send(about('i-1'))).rejects.toThrow('Rate exceeded');
  });

  test('remembers nothing from one look to the next', async () => {
    await oneLook()(EC2Client).send(about('i-1'));
    await oneLook()(EC2Client).send(about('i-1'));
    expect(ec2.calls()).toHaveLength(2);
  });
});
