import type { FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from '@jest/globals';
import { Nameplate } from '../support/nameplate.ts';

const SHOP = 'shop.example.test';

/** The local AWS takes any key but a role's for the administrator's. */
const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261129/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
const caller = 'arn:aws:iam::123456789012:root';

test('B5: who declared a site is in its timeline, in the log of its function and in the access log', async () => {
  const nameplate = await Nameplate.boot();
  try {
    const answer = await nameplate.post(nameplate.document(SHOP, { edge: 'direct' }), { authorization });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({
      operation: { name: 'onboard', by: caller },
      timeline: [expect.objectContaining({ by: caller })],
    });
    const requestId = answer.headers.get('apigw-requestid');
    const { events = [] } = await nameplate.ask<FilterLogEventsResponse>('logs', 'FilterLogEvents', {
      logGroupName: '/aws/vendedlogs/apigateway/Nameplate',
    });
    const lines = events.map(({ message = '' }) => JSON.parse(message));
    expect(lines).toContainEqual(
      expect.objectContaining({ requestId, caller, route: 'POST /v1/sites', status: '202', integrationError: '-' }),
    );
    const ofFunction = (await nameplate.logLines()).filter((line) => line.includes(`"apiRequestId":"${requestId}"`));
    expect(ofFunction).toContainEqual(expect.stringContaining(`"caller":"${caller}"`));
  } finally {
    await nameplate.close();
  }
});
