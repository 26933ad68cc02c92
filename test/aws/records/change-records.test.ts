import { ChangeResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { changeRecords } from '../../../aws/records/change-records.ts';
import { created, deleted, replaced } from '../../../domain/records/exchange.ts';
import type { RecordSet } from '../../../domain/records/record-set.ts';
import { aSet } from '../../support/records.ts';

const route53 = mockClient(Route53Client);
beforeEach(() => {
  route53.reset();
  route53.on(ChangeResourceRecordSetsCommand).resolves({});
});

async function sent(...changes: Parameters<typeof changeRecords>[1]['changes']) {
  await changeRecords(new Route53Client({}), { zoneId: 'Z1', changes, comment: '' });
  return route53.commandCalls(ChangeResourceRecordSetsCommand)[0]?.args[0].input.ChangeBatch?.Changes ?? [];
}

const alias = (name: string, to: string): RecordSet => ({
  name,
  type: 'A',
  values: [],
  alias: { zoneId: 'Z1', name: to, evaluateTargetHealth: false },
});

describe('changeRecords()', () => {
  test('R5: deletes before it creates, so that a simple set finds no weighted one beside it', async () => {
    const blue = { ...aSet('shop.test', 'A', '198.51.100.1'), setIdentifier: 'blue', routing: { Weight: 10 } };
    const green = { ...blue, setIdentifier: 'green' };
    const ours = aSet('shop.test', 'A', '203.0.113.7');
    const batch = await sent(replaced(blue, ours), deleted(green));
    expect(batch).toMatchObject([
      { Action: 'DELETE', ResourceRecordSet: { SetIdentifier: 'blue', Weight: 10, TTL: 300 } },
      { Action: 'DELETE', ResourceRecordSet: { SetIdentifier: 'green' } },
      { Action: 'CREATE', ResourceRecordSet: { ResourceRecords: [{ Value: '203.0.113.7' }] } },
    ]);
  });

  test('creates what an alias leads to before the alias', async () => {
    const batch = await sent(
      created(alias('www.shop.test', 'shop.test')),
      created(alias('shop.test', 'lb.shop.test')),
      created(aSet('lb.shop.test', 'A', '198.51.100.1')),
    );
    expect(batch.map(({ ResourceRecordSet }) => ResourceRecordSet?.Name)).toEqual([
      'lb.shop.test',
      'shop.test',
      'www.shop.test',
    ]);
  });
});
