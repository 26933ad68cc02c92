import { ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { describe, expect, test } from '@jest/globals';
import { document, useDeclaring } from '../../../support/declaring.ts';

const { ledger, ec2, route53, states, instanceIs, post, started } = useDeclaring();
const withKey = (key = 'key-1', more: object = {}) => ({ headers: { 'idempotency-key': key }, ...more });

describe('POST /v1/sites with an Idempotency-Key', () => {
  test('gives the same answer again and makes nothing', async () => {
    const first = await post(document, withKey());
    const before = await ledger.everything();
    for (const mock of [ec2, route53, states]) mock.resetHistory();
    const second = await post(document, withKey());
    expect([second.status, second.body, second.headers]).toEqual([first.status, first.body, first.headers]);
    expect(await ledger.everything()).toEqual(before);
    expect([...ec2.calls(), ...route53.calls(), ...states.calls()]).toEqual([]);
  });

  test('refuses the key for another body', async () => {
    await post(document, withKey());
    const { status, json } = await post({ ...document, http: 'reject' }, withKey());
    expect(status).toBe(422);
    expect(json.type).toBe('urn:nameplate:problem:key-reused');
  });

  test('refuses a second request while the first is being answered', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const arrived = new Promise<void>((resolve) => {
      route53.on(ListHostedZonesCommand).callsFake(async () => {
        resolve();
        await gate;
        return { HostedZones: [{ Id: 'Z1', Name: 'example.test.' }], IsTruncated: false };
      });
    });
    const first = post(document, withKey());
    await arrived;
    const second = await post(document, withKey());
    open();
    expect(second.status).toBe(409);
    expect(second.json.type).toBe('urn:nameplate:problem:request-running');
    expect(second.headers?.['retry-after']).toBe('2');
    expect((await first).status).toBe(202);
    expect(started()).toHaveLength(1);
  });

  test('is answered before API Gateway gives it up, and may use its key again (A7)', async () => {
    route53.on(ListHostedZonesCommand).callsFake(() => new Promise(() => {}));
    // Nothing is left of what a request may take.
    const late = await post(document, withKey('key-1', { remainingMs: 5_000 }));
    expect([late.status, late.json.type, late.headers?.['retry-after']]).toEqual([
      503,
      'urn:nameplate:problem:busy',
      '5',
    ]);
    expect(await ledger.everything()).toEqual([]);
    const zones = { HostedZones: [{ Id: 'Z1', Name: 'example.test.', CallerReference: 'r' }], IsTruncated: false };
    route53.on(ListHostedZonesCommand).resolves(zones as never);
    expect((await post(document, withKey())).status).toBe(202);
    expect(started()).toHaveLength(1);
  });

  test('may use the key again after a refusal', async () => {
    instanceIs('stopped');
    expect((await post(document, withKey())).status).toBe(422);
    instanceIs('running');
    expect((await post(document, withKey())).status).toBe(202);
  });

  test('W7: takes the operation that stands for its own when the answer was lost', async () => {
    await post(document, withKey());
    const lost = (await ledger.everything()).find(({ pk }) => String(pk).startsWith('REQUEST#'));
    const { DeleteCommand } = await import('@aws-sdk/lib-dynamodb');
    await ledger.documents.send(
      new DeleteCommand({ TableName: ledger.table, Key: { pk: lost?.['pk'], sk: 'REQUEST' } }),
    );
    expect((await post(document, withKey())).status).toBe(202);
    expect(started()).toHaveLength(1);
    expect((await post(document, withKey('key-2'))).status).toBe(409);
  });

  test("keeps one caller's keys from another's, and takes a role's sessions for one", async () => {
    const as = (userArn: string) => withKey('key-1', { userArn });
    const role = 'arn:aws:sts::123456789012:assumed-role/Deployer';
    expect((await post(document, as(`${role}/monday`))).status).toBe(202);
    expect((await post(document, as(`${role}/tuesday`))).status).toBe(202);
    expect((await post(document, as('arn:aws:iam::123456789012:user/somebody'))).status).toBe(409);
  });

  test.each(['', 'two words', 'ключ', 'x'.repeat(256)])('refuses the key %j', async (key) => {
    const { status, json } = await post(document, withKey(key));
    expect(status).toBe(400);
    expect(json.type).toBe('urn:nameplate:problem:invalid-parameter');
  });
});
