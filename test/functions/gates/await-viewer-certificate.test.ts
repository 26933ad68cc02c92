import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readToken } from '../../../aws/ledger/task-tokens.ts';
import { handler as events } from '../../../functions/gates/await-certificate.ts';
import { awaitingViewers } from '../../../functions/gates/await-viewer-certificate.ts';
import { useLedger } from '../../support/ledger.ts';
import { Provider } from '../../support/provider.ts';
import { aCdn } from '../../support/site.ts';
import { context, domain, event, givenSite, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const acm = mockClient(ACMClient);
const sfn = mockClient(SFNClient);
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/viewers';
const given = { ...event, taskToken: 'the-token' };
let provider: Provider;
let handler: ReturnType<typeof awaitingViewers>;
afterEach(() => provider.stop());
beforeEach(async () => {
  process.env.AWS_REGION = 'eu-central-1';
  provider = await Provider.start();
  handler = awaitingViewers(provider.newResolver);
  acm.reset();
  sfn.reset();
  sfn.on(SendTaskSuccessCommand).resolves({});
  await givenSite(ledger, {
    site: { aliases: [], edge: 'cdn', cdn: aCdn() },
    outputs: {
      RequestCertificate: { certificateArn: 'arn:home', records: [] },
      RequestViewerCertificate: { certificateArn, records: [] },
    },
  });
});

const status = (Status: 'ISSUED' | 'PENDING_VALIDATION') =>
  acm.on(DescribeCertificateCommand).resolves({ Certificate: { Status, SubjectAlternativeNames: [domain] } });

test('A22, W5: AwaitViewerCertificate leaves its token, and looks at the certificate of us-east-1', async () => {
  status('PENDING_VALIDATION');
  await handler(given, context);
  const [looked] = acm.commandCalls(DescribeCertificateCommand);
  expect(looked?.args[0].input).toEqual({ CertificateArn: certificateArn });
  const asked = looked?.thisValue as ACMClient | undefined;
  expect(await asked?.config.region()).toBe('us-east-1');
  expect(await readToken(ledger, certificateArn)).toMatchObject({ token: 'the-token', step: 'AwaitViewerCertificate' });
  expect(await theStep(ledger, 'AwaitViewerCertificate')).toMatchObject({
    state: 'waiting',
    waitingFor: 'Waiting until ACM issues the viewer certificate',
  });
});

test("W7: ACM's event of us-east-1 completes the wait, and the step that waited is told", async () => {
  status('PENDING_VALIDATION');
  await handler(given, context);
  const issued = { 'detail-type': 'ACM Certificate Available', region: 'us-east-1', resources: [certificateArn] };
  await events(issued as never, context);
  expect(sfn.commandCalls(SendTaskSuccessCommand).map(({ args }) => args[0].input)).toEqual([
    { taskToken: 'the-token', output: JSON.stringify({ certificateArn }) },
  ]);
  expect(await theStep(ledger, 'AwaitViewerCertificate')).toMatchObject({
    state: 'done',
    message: 'ACM has issued the viewer certificate',
    output: { certificateArn },
  });
});

test('W9: a later look completes the wait where the event is lost', async () => {
  status('ISSUED');
  await handler(given, context);
  expect(sfn.calls()).toHaveLength(1);
});
