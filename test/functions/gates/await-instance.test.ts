import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/gates/await-instance.ts';
import { useLedger } from '../../support/ledger.ts';
import { context, event, givenSite, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const ec2 = mockClient(EC2Client);
const InstanceId = 'i-0123456789abcdef0';
beforeEach(() => {
  ec2.reset();
});

test('AwaitInstance goes on when the instance that was created runs', async () => {
  await givenSite(ledger, { outputs: { CreateInstance: { instanceId: InstanceId } } });
  ec2.on(DescribeInstancesCommand).resolves({});
  await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  ec2
    .on(DescribeInstancesCommand)
    .resolves({ Reservations: [{ Instances: [{ InstanceId, State: { Name: 'running' } }] }] });
  expect(await handler(event, context)).toEqual({});
  expect((await theStep(ledger, 'AwaitInstance')).message).toBe(`The instance "${InstanceId}" runs`);
});
