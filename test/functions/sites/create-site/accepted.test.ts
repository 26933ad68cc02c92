import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import { describe, expect, test } from '@jest/globals';
import { readSite } from '../../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../../aws/ledger/read-timeline.ts';
import { chosen, document, useDeclaring } from '../../../support/declaring.ts';
import { aSite } from '../../../support/site.ts';

const { ledger, ec2, post, started, kinds } = useDeclaring();
const { domain } = document;

describe('POST /v1/sites', () => {
  test('answers 202 with the site and where to watch it', async () => {
    const { status, headers, json } = await post();
    expect(status).toBe(202);
    expect(headers).toMatchObject({ location: '/v1/sites/shop.example.test', 'content-type': 'application/json' });
    expect(json).toMatchObject({
      domain,
      state: 'pending',
      revision: 1,
      site: aSite({ directName: 'direct.shop.example.test', subnets: chosen }),
      steps: [],
      waiting: [],
      timeline: [{ message: 'Declared shop.example.test, behind a load balancer, in front of i-0123456789abcdef0' }],
    });
  });

  test('claims every name, writes the site and starts its workflow under a derived name', async () => {
    await post();
    expect(await kinds()).toEqual([
      'NAME#direct.shop.example.test CLAIM',
      'NAME#shop.example.test CLAIM',
      'NAME#www.shop.example.test CLAIM',
      'SITE#shop.example.test EVENT',
      'SITE#shop.example.test SITE',
    ]);
    expect(started()).toEqual([
      {
        stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Onboard',
        name: 'shop_example_test-r1-onboard',
        input: '{"domain":"shop.example.test","revision":1}',
      },
    ]);
  });

  test('keeps a U-label as an A-label', async () => {
    const { headers, json } = await post({
      ...document,
      domain: 'bücher.example.test',
      aliases: [],
      directName: undefined,
    });
    expect(headers?.['location']).toBe('/v1/sites/xn--bcher-kva.example.test');
    expect(json).toMatchObject({ domain: 'xn--bcher-kva.example.test', displayName: 'bücher.example.test' });
  });

  test('needs no subnets for the direct edge', async () => {
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [] });
    const { status, json } = await post({ ...document, edge: 'direct' });
    expect(status).toBe(202);
    expect(json.site).not.toHaveProperty('subnets');
  });

  test('reads the body whatever its content type and encoding', async () => {
    expect((await post(document, { base64: true, headers: { 'content-type': 'text/plain' } })).status).toBe(202);
  });
});

test('shows in the ledger what the answer showed', async () => {
  const { json } = await post();
  const record = await readSite(ledger, domain, { timeline: NEWEST });
  expect(record?.timeline).toEqual(json.timeline);
  expect(record?.item.site).toEqual(json.site);
});
