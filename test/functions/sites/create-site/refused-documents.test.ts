import { describe, expect, test } from '@jest/globals';
import { document, useDeclaring } from '../../../support/declaring.ts';

const { ledger, ec2, post, started } = useDeclaring();

describe('POST /v1/sites refuses', () => {
  /** Nothing was made: not in the ledger, not in AWS. */
  async function nothingMade(): Promise<void> {
    expect(await ledger.everything()).toEqual([]);
    expect(started()).toEqual([]);
  }

  test.each([
    ['', 'it is empty'],
    ['{"domain": }', '"}" is not expected at line 1, column 12'],
    ['{"domain": "shop.example.test",\n "aliases": [}', '"}" is not expected at line 2, column 14'],
    ['{"domain":\n"shop', 'at line 2, column 1'],
    ['domain=shop.example.test', '"d" is not expected at line 1, column 1'],
  ])('what is not JSON, and says where: %j', async (body, detail) => {
    const { status, headers, json } = await post(body);
    expect(status).toBe(400);
    expect(headers?.['content-type']).toBe('application/problem+json');
    expect(json).toMatchObject({ type: 'urn:nameplate:problem:not-json', status: 400 });
    expect(json.detail).toContain(detail);
    await nothingMade();
  });

  test.each([
    ['{"\\ud800":1}', '#/%EF%BF%BD'],
    ['{"domain":"\\ud800"}', '#/domain'],
    ['{"domain":"shop.example.test","aliases":["a\\u0000.test"]}', '#/aliases/0'],
    ['{"plan":{"\\udc00":"x"}}', '#/plan/%EF%BF%BD'],
    [`${'['.repeat(10_000)}${']'.repeat(10_000)}`, `#${'/0'.repeat(32)}`],
    [`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, `#${'/a'.repeat(32)}`],
  ])('B9: text that is none, and points at it: %.60s', async (body, pointer) => {
    const { status, headers, json } = await post(body);
    expect(status).toBe(400);
    expect(headers?.['content-type']).toBe('application/problem+json');
    expect(json).toMatchObject({ type: 'urn:nameplate:problem:invalid-text', errors: [{ pointer }] });
    await nothingMade();
  });

  test('S11: a body of more than 192 KiB', async () => {
    const sized = (bytes: number) => JSON.stringify(document).padEnd(bytes, ' ');
    expect((await post(sized(192 * 1024 + 1))).status).toBe(413);
    await nothingMade();
    expect((await post(sized(192 * 1024))).status).toBe(202);
  });

  test.each([
    ['arn:aws:cloudwatch:eu-west-2:123456789012:alarm:shop-down', 'Cannot follow an alarm in eu-west-2'],
    ['arn:aws:cloudwatch:us-east-1:210987654321:alarm:shop-down', 'Cannot follow an alarm of the account 210987654321'],
  ])('an alarm that nothing tells Nameplate of: %s', async (alarm, detail) => {
    const { status, json } = await post({ ...document, failover: { alarm } });
    expect([status, json.errors]).toEqual([
      422,
      [{ pointer: '#/failover/alarm', detail: expect.stringContaining(detail) }],
    ]);
    await nothingMade();
  });

  test('every field that is wrong by itself, at once', async () => {
    const { status, json } = await post({
      domain: 'co.uk',
      aliases: ['127.1'],
      origin: { instance: { id: 'x' } },
      colour: 1,
    });
    expect(status).toBe(422);
    expect(json.type).toBe('urn:nameplate:problem:invalid-site');
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/domain',
      '#/aliases/0',
      '#/origin/instance/id',
      '#/colour',
    ]);
    expect(ec2.calls()).toEqual([]);
    await nothingMade();
  });
});

test('S10: no sentence of a refusal repeats a control character', async () => {
  const { body } = await post({ ...document, domain: 'shop\r\n\u001b[31m.test', 'x\n': 1 });
  expect(JSON.parse(body ?? '').errors[0].detail).not.toMatch(/\p{Cc}/u);
});
