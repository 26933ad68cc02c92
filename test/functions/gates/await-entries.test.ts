import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { awaiting } from '../../../functions/gates/await-certificate.ts';
import { useLedger } from '../../support/ledger.ts';
import { cname } from '../../support/name-servers.ts';
import { Provider } from '../../support/provider.ts';
import { context, domain, event, givenSite, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const acm = mockClient(ACMClient);
const sfn = mockClient(SFNClient);
const validation = { domain, name: `_x.${domain}.`, value: '_y.acm-validations.aws.' };
let provider: Provider;
beforeEach(async () => {
  acm.reset();
  sfn.reset();
  provider = await Provider.start();
  await givenSite(ledger, {
    site: { dns: 'external', aliases: [] },
    outputs: { RequestCertificate: { certificateArn: 'arn:certificate', records: [validation] } },
  });
});
afterEach(() => provider.stop());

/** What the step waits for once it has looked at a certificate that stands so. */
async function waitingFor(Status: 'PENDING_VALIDATION' | 'VALIDATION_TIMED_OUT'): Promise<string | undefined> {
  const CreatedAt = new Date('2026-11-22T12:00:00.000Z');
  acm
    .on(DescribeCertificateCommand)
    .resolves({ Certificate: { Status, CreatedAt, SubjectAlternativeNames: [domain] } });
  const looking = awaiting(provider.newResolver)({ ...event, taskToken: 'token' }, context);
  await looking.catch((error: Error) => expect(error.name).toBe('Awaited'));
  return (await theStep(ledger, 'AwaitCertificate')).waitingFor;
}

describe('AwaitCertificate where a person enters the records', () => {
  test('names those that are still to be entered, and none once they stand', async () => {
    expect(await waitingFor('PENDING_VALIDATION')).toBe(
      `Waiting until ACM issues the certificate: Enter _x.${domain} CNAME _y.acm-validations.aws`,
    );
    provider.records.push(cname(`_x.${domain}`, '_y.acm-validations.aws'));
    expect(await waitingFor('PENDING_VALIDATION')).toBe('Waiting until ACM issues the certificate');
  });

  test('A7: names them as well once ACM has given up, beside the instant at which it is asked anew', async () => {
    expect(await waitingFor('VALIDATION_TIMED_OUT')).toMatch(
      /asked anew at 2026-11-25T13:00:00\.000Z, for time 2 of 5: Enter _x\.shop\.example\.test CNAME/,
    );
  });
});
