import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { SendTaskSuccessCommand, SFNClient, TaskTimedOut } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readToken } from '../../../aws/ledger/task-tokens.ts';
import { awaiting } from '../../../functions/gates/await-certificate.ts';
import { useLedger } from '../../support/ledger.ts';
import { Provider } from '../../support/provider.ts';
import { awsError, context, domain, event, givenSite, givenStep, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const acm = mockClient(ACMClient);
const sfn = mockClient(SFNClient);
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const given = { ...event, taskToken: 'first-token' };
let provider: Provider;
let handler: ReturnType<typeof awaiting>;
afterEach(() => provider.stop());
beforeEach(async () => {
  provider = await Provider.start();
  handler = awaiting(provider.newResolver);
  acm.reset();
  sfn.reset();
  sfn.on(SendTaskSuccessCommand).resolves({});
  await givenSite(ledger, { site: { aliases: [] }, outputs: { RequestCertificate: { certificateArn, records: [] } } });
});

const status = (Status: 'ISSUED' | 'PENDING_VALIDATION') =>
  acm.on(DescribeCertificateCommand).resolves({ Certificate: { Status, SubjectAlternativeNames: [domain] } });

describe('AwaitCertificate', () => {
  test('W5: stores the token before it looks, so that an event in between finds it', async () => {
    acm.on(DescribeCertificateCommand).callsFake(async () => {
      expect(await readToken(ledger, certificateArn)).toMatchObject({ token: 'first-token', domain, revision: 1 });
      return { Certificate: { Status: 'PENDING_VALIDATION' } };
    });
    await handler(given, context);
    expect(acm.commandCalls(DescribeCertificateCommand)).toHaveLength(1);
    expect(sfn.calls()).toHaveLength(0);
    expect(await theStep(ledger, 'AwaitCertificate')).toMatchObject({
      state: 'waiting',
      waitingFor: 'Waiting until ACM issues the certificate',
    });
  });

  test('completes the task itself when the certificate is issued already', async () => {
    status('ISSUED');
    await handler(given, context);
    expect(sfn.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toEqual({
      taskToken: 'first-token',
      output: JSON.stringify({ certificateArn }),
    });
    expect(await theStep(ledger, 'AwaitCertificate')).toMatchObject({ state: 'done', output: { certificateArn } });
  });

  test('W9: a later look takes the place of a lost event', async () => {
    status('PENDING_VALIDATION');
    await handler(given, context);
    status('ISSUED');
    await handler({ ...given, taskToken: 'second-token' }, context);
    expect(sfn.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toMatchObject({ taskToken: 'second-token' });
    expect(await readToken(ledger, certificateArn)).toMatchObject({ token: 'second-token' });
  });

  const requestedAt = new Date('2026-11-22T12:00:00.000Z');
  const since = (Status: 'PENDING_VALIDATION' | 'VALIDATION_TIMED_OUT') =>
    acm
      .on(DescribeCertificateCommand)
      .resolves({ Certificate: { Status, SubjectAlternativeNames: [domain], CreatedAt: requestedAt } });

  test('A7: tells until when ACM looks for the records', async () => {
    since('PENDING_VALIDATION');
    await handler(given, context);
    expect(await theStep(ledger, 'AwaitCertificate')).toMatchObject({
      state: 'waiting',
      waitingUntil: '2026-11-25T12:00:00.000Z',
    });
  });

  test('A7: hands a request that timed out to the workflow, waiting and with the instant of the next', async () => {
    since('VALIDATION_TIMED_OUT');
    for (const taskToken of ['first-token', 'again']) {
      await expect(handler({ ...given, taskToken }, context)).rejects.toMatchObject({ name: 'Awaited' });
      expect(await theStep(ledger, 'AwaitCertificate')).toMatchObject({
        state: 'waiting',
        waitingFor: expect.stringContaining('ACM is asked anew at 2026-11-25T13:00:00.000Z, for time 2 of 5'),
        waitingUntil: '2026-11-25T13:00:00.000Z',
      });
    }
    expect(sfn.calls()).toHaveLength(0);
  });

  test('A7: fails the task, with the fix, once ACM has been asked five times', async () => {
    const last = { certificateArn: 'arn:4', askAgainAt: '2026-11-22T12:00:00.000Z', nextRequest: 5 };
    await givenStep(ledger, { name: 'DiscardCertificate', output: last });
    since('VALIDATION_TIMED_OUT');
    await expect(handler(given, context)).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining('Check that the CNAME records'),
    });
    const failed = await theStep(ledger, 'AwaitCertificate');
    expect(failed.state).toBe('failed');
    expect(failed.waitingUntil).toBeUndefined();
  });

  test('W6: does not mind that nobody waits for its token any more', async () => {
    status('ISSUED');
    sfn.on(SendTaskSuccessCommand).rejects(new TaskTimedOut({ message: 'late', $metadata: {} }));
    await handler(given, context);
  });

  test('W7: has told the ledger before the workflow goes on, and leaves a lost answer to the workflow', async () => {
    status('ISSUED');
    let told: string | undefined;
    sfn.on(SendTaskSuccessCommand).callsFake(async () => {
      told = (await theStep(ledger, 'AwaitCertificate')).state;
      throw awsError('ServiceUnavailable', 'the answer is lost', 503);
    });
    await expect(handler(given, context)).rejects.toMatchObject({ name: 'Throttled' });
    expect(told).toBe('done');
  });

  test('A10: leaves a throttle to the workflow', async () => {
    acm.on(DescribeCertificateCommand).rejects(awsError('ThrottlingException'));
    await expect(handler(given, context)).rejects.toMatchObject({ name: 'Throttled' });
  });
});
