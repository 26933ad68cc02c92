import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteVpcCommand,
  DescribeInstancesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../local/wire/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { recording } from '../../support/recording.ts';

let aws: AFront;
const authorize = recording();
const create = recording();
const describeInstances = recording();
const deleteVpc = recording();

beforeAll(async () => {
  aws = await aFront({
    services: () => [
      {
        name: 'ec2',
        protocol: 'ec2Query',
        model: () => import('@aws-sdk/client-ec2'),
        operations: {
          AuthorizeSecurityGroupIngress: authorize,
          CreateSecurityGroup: create,
          DescribeInstances: describeInstances,
          DeleteVpc: deleteVpc,
        },
      },
    ],
  });
});
afterAll(() => aws.close());

describe('inputs', () => {
  test('arrive with nested lists under the names that EC2 gives them', async () => {
    const input = {
      GroupId: 'sg-1',
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'ä & b' }],
          Ipv6Ranges: [{ CidrIpv6: '::/0' }],
          UserIdGroupPairs: [{ GroupId: 'sg-2' }],
        },
      ],
      TagSpecifications: [{ ResourceType: 'security-group-rule' as const, Tags: [{ Key: 'k', Value: 'v' }] }],
    };
    await aws.client(EC2Client).send(new AuthorizeSecurityGroupIngressCommand(input));
    expect(authorize.inputs.at(-1)).toEqual(input);
  });

  test('arrive with filters, booleans and numbers', async () => {
    const input = {
      DryRun: false,
      MaxResults: 5,
      InstanceIds: ['i-1', 'i-2'],
      Filters: [{ Name: 'vpc-id', Values: ['a', 'b'] }],
    };
    await aws.client(EC2Client).send(new DescribeInstancesCommand(input));
    expect(describeInstances.inputs.at(-1)).toEqual(input);
  });
});

describe('outputs', () => {
  test('go out with nested lists, instants and booleans', async () => {
    const Reservations = [
      {
        ReservationId: 'r-1',
        Groups: [],
        Instances: [
          {
            InstanceId: 'i-1',
            LaunchTime: new Date('2026-11-22T12:00:00.000Z'),
            SourceDestCheck: true,
            State: { Code: 16, Name: 'running' as const },
            SecurityGroups: [{ GroupId: 'sg-1', GroupName: '<web>' }],
            Tags: [{ Key: 'Name', Value: '' }],
          },
        ],
      },
    ];
    describeInstances.answer = { Reservations };
    const answer = await aws.client(EC2Client).send(new DescribeInstancesCommand({}));
    expect(answer.Reservations).toEqual(Reservations);
  });

  test('of operations that have none say that it was done', async () => {
    deleteVpc.answer = undefined;
    await aws.client(EC2Client).send(new DeleteVpcCommand({ VpcId: 'vpc-1' }));
    const answer = await fetch(`${aws.url}/?Action=DeleteVpc&Version=2016-11-15&VpcId=vpc-1`);
    expect(await answer.text()).toMatch(
      /<DeleteVpcResponse xmlns=".*"><requestId>.*<\/requestId><return>true<\/return>/,
    );
  });
});

describe('errors', () => {
  test("come in EC2's list of errors", async () => {
    create.answer = new AwsError('InvalidGroup.Duplicate', "The security group 'web' already exists");
    await expect(
      aws.client(EC2Client).send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'd' })),
    ).rejects.toMatchObject({
      name: 'InvalidGroup.Duplicate',
      message: "The security group 'web' already exists",
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('name the parameter that is missing', async () => {
    await expect(aws.client(EC2Client).send(new DeleteVpcCommand({} as never))).rejects.toMatchObject({
      name: 'MissingParameter',
      message: 'The request must contain the parameter VpcId',
    });
  });

  test('say which value is wrong', async () => {
    const answer = await fetch(`${aws.url}/?Action=DescribeInstances&Version=2016-11-15&MaxResults=many`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>InvalidParameterValue</Code>');
  });
});
