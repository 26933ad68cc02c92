import { GetHealthCheckStatusCommand, Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/gates/await-health-check.ts';
import { useLedger } from '../../support/ledger.ts';
import { aFailover, aSite } from '../../support/site.ts';
import { awsError, context, event, givenSite, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const route53 = mockClient(Route53Client);
const outputs = { CreateHealthCheck: { healthCheckId: 'there' } };
const site = { failover: aFailover() };

const observing = (...statuses: string[]) =>
  route53.on(GetHealthCheckStatusCommand, { HealthCheckId: 'there' }).resolves({
    HealthCheckObservations: statuses.map((Status) => ({
      Region: 'eu-west-1',
      StatusReport: { Status, CheckedTime: new Date() },
    })),
  });

beforeEach(() => {
  route53.reset();
});

describe('AwaitHealthCheck', () => {
  test('R24: waits until the first checkers have asked: a new health check counts as healthy', async () => {
    await givenSite(ledger, { site, outputs });
    observing();
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    const success = 'Success: HTTP Status Code 200, OK';
    observing(success, success);
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    observing(success, success, success);
    expect(await handler(event, context)).toEqual({});
    expect((await theStep(ledger, 'AwaitHealthCheck')).message).toContain('3 of 3 checkers of Route 53');
  });

  test('R24: says what most checkers have found, and what they can speak', async () => {
    await givenSite(ledger, { site, outputs });
    const failure = 'Failure: The health checker could not establish a connection within the timeout limit.';
    observing(failure, failure, 'Success: HTTP Status Code 200, OK');
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringMatching(
        /could not establish a connection within the timeout limit\).*IPv4.*TLS 1\.2.*Host/,
      ),
    });
    observing(failure, 'Success: HTTP Status Code 200, OK', 'Success: HTTP Status Code 301, Moved Permanently');
    expect(await handler(event, context)).toEqual({});
  });

  test('stops where another tool has deleted it', async () => {
    await givenSite(ledger, { site, outputs });
    route53.on(GetHealthCheckStatusCommand).rejects(awsError('NoSuchHealthCheck', 'gone', 404));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Misconfigured' });
  });

  test('does not wait for the former origin, whose name moves with viewers', async () => {
    const origin = { instance: { id: 'i-00000000000000001', port: 80, healthPath: '/' } };
    const direct = { ...site, edge: 'direct' } as const;
    await givenSite(ledger, { site: direct, outputs, item: { live: aSite({ ...direct, origin }) } });
    observing('Failure: The health checker could not establish a connection within the timeout limit.');
    expect(await handler(event, context)).toEqual({});
  });
});
