import { InvalidToken, SendTaskSuccessCommand, SFNClient, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readToken, storeToken } from '../../../aws/ledger/task-tokens.ts';
import { handler } from '../../../functions/gates/await-certificate.ts';
import { useLedger } from '../../support/ledger.ts';
import { awsError, context, domain, givenSite, givenStep, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const sfn = mockClient(SFNClient);
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
beforeEach(async () => {
  sfn.reset();
  sfn.on(SendTaskSuccessCommand).resolves({});
  await givenSite(ledger);
  await givenStep(ledger, { name: 'AwaitCertificate', state: 'waiting', waitingFor: 'Waiting until ACM issues' });
});

const waitingWith = (token: string) =>
  storeToken(ledger, { certificateArn, token, domain, revision: 1, expiresAt: Math.floor(Date.now() / 1000) + 60 });
const available = (...resources: string[]) =>
  handler({ 'detail-type': 'ACM Certificate Available', resources, detail: { Action: 'ISSUANCE' } } as never, context);

describe("AwaitCertificate, on ACM's event", () => {
  test('lets the workflow go on that waits for the certificate', async () => {
    await waitingWith('the-token');
    await available(certificateArn);
    expect(sfn.commandCalls(SendTaskSuccessCommand).map(({ args }) => args[0].input)).toEqual([
      { taskToken: 'the-token', output: JSON.stringify({ certificateArn }) },
    ]);
    expect(await theStep(ledger, 'AwaitCertificate')).toMatchObject({
      state: 'done',
      message: 'ACM has issued the certificate',
      output: { certificateArn },
    });
  });

  test('W8: does nothing more when the event comes twice', async () => {
    await waitingWith('the-token');
    await available(certificateArn);
    const before = await ledger.everything();
    await available(certificateArn);
    expect(sfn.calls()).toHaveLength(1);
    expect(await ledger.everything()).toEqual(before);
  });

  test('W8: has no business with certificates that nobody here waits for', async () => {
    await available('arn:aws:acm:us-east-1:123456789012:certificate/of-somebody-else');
    expect(sfn.calls()).toHaveLength(0);
  });

  test.each([
    ['has timed out', new TaskTimedOut({ message: 'late', $metadata: {} })],
    ['is unknown', new TaskDoesNotExist({ message: 'none', $metadata: {} })],
    ['is no token', new InvalidToken({ message: 'bad', $metadata: {} })],
  ])('W6: does not mind a token that %s', async (_, error) => {
    await waitingWith('the-token');
    sfn.on(SendTaskSuccessCommand).rejects(error);
    await available(certificateArn);
    expect(await readToken(ledger, certificateArn)).toMatchObject({ token: 'the-token' });
  });

  test('W7: has told the ledger before the workflow goes on, when a death would leave it untold', async () => {
    await waitingWith('the-token');
    let told: string | undefined;
    sfn.on(SendTaskSuccessCommand).callsFake(async () => {
      told = (await theStep(ledger, 'AwaitCertificate')).state;
      throw awsError('ServiceUnavailable', 'the answer is lost', 503);
    });
    await expect(available(certificateArn)).rejects.toThrow();
    expect(told).toBe('done');
  });

  test('has the event delivered again when Step Functions gives no answer', async () => {
    await waitingWith('the-token');
    sfn.on(SendTaskSuccessCommand).rejects(awsError('ServiceUnavailable', 'busy', 503));
    await expect(available(certificateArn)).rejects.toThrow();
    expect(await readToken(ledger, certificateArn)).toMatchObject({ token: 'the-token' });
  });
});
