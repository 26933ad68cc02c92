import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { describe, expect, test } from '@jest/globals';
import { useDeclaring } from '../../../support/declaring.ts';

const { ledger, ec2, route53, post, started } = useDeclaring();

describe('POST /v1/sites refuses', () => {
  /** Nothing was made: not in the ledger, not in AWS. */
  async function nothingMade(): Promise<void> {
    expect(await ledger.everything()).toEqual([]);
    expect(started()).toEqual([]);
  }

  test('S14: anything while all changes are stopped, and writes nothing', async () => {
    ledger.killSwitch('stopped');
    const { status, json } = await post();
    expect([status, json.type]).toEqual([503, 'urn:nameplate:problem:changes-stopped']);
    expect(await ledger.everything()).toEqual([]);
    expect(started()).toEqual([]);
    ledger.killSwitch('allowed');
    expect((await post()).status).toBe(202);
  });

  test('a partial view of the zones, without judging by it', async () => {
    route53
      .on(ListHostedZonesCommand)
      .rejects(Object.assign(new Error('Rate exceeded'), { name: 'Throttling', $metadata: {} }));
    const { status, headers, json } = await post();
    expect(status).toBe(503);
    expect(headers?.['retry-after']).toBe('5');
    expect(json.type).toBe('urn:nameplate:problem:busy');
    await nothingMade();
  });

  test('what its role may not ask, naming the action', async () => {
    const message = 'You are not authorized to perform this operation: ec2:DescribeInstances';
    ec2
      .on(DescribeInstancesCommand)
      .rejects(Object.assign(new Error(message), { name: 'UnauthorizedOperation', $metadata: {} }));
    const { status, json } = await post();
    expect(status).toBe(500);
    expect(json.detail).toContain('ec2:DescribeInstances');
  });

  test('with no word of its insides when something breaks', async () => {
    ec2.on(DescribeInstancesCommand).rejects(new TypeError('undefined is not a function'));
    const { status, json } = await post();
    expect(status).toBe(500);
    expect(json.detail).toBe('Cannot answer the request: see the log of request "lambda-1"');
  });
});
