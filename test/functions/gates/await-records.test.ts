import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { Route53Client } from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { awaiting } from '../../../functions/gates/await-certificate.ts';
import { useLedger } from '../../support/ledger.ts';
import { Provider } from '../../support/provider.ts';
import { aSiteZone, context, domain, event, givenSite, givenStep, theStep } from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const acm = mockClient(ACMClient);
const route53 = mockClient(Route53Client);
const value = '_y.acm-validations.aws.';
const cname = stored(`_x.${domain}`, 'CNAME', value);
let provider: Provider;
beforeEach(async () => {
  acm.reset();
  acm.on(DescribeCertificateCommand).resolves({
    Certificate: { Status: 'PENDING_VALIDATION', SubjectAlternativeNames: [domain] },
  });
  route53.reset();
  provider = await Provider.start();
  await givenSite(ledger, {
    site: { aliases: [] },
    outputs: {
      FindZone: { zones: [aSiteZone()], nameServers: [] },
      RequestCertificate: { certificateArn: 'arn:1', records: [{ domain, name: `_x.${domain}.`, value }] },
      WriteValidationRecords: {},
    },
  });
});
afterEach(() => provider.stop());

const look = () => awaiting(provider.newResolver)({ ...event, taskToken: 'token' }, context);
const waitingFor = async () => (await theStep(ledger, 'AwaitCertificate')).waitingFor;

describe('C5: AwaitCertificate on a slow look', () => {
  test('reads nothing but the certificate at first', async () => {
    await look();
    expect(await waitingFor()).toBe('Waiting until ACM issues the certificate');
    expect(route53.calls()).toHaveLength(0);
  });

  test('has records of ours that were removed written again, once, and then says who it may be', async () => {
    new StubbedZone(route53);
    await look();
    await expect(look()).rejects.toMatchObject({ name: 'Missing' });
    expect(await theStep(ledger, 'AwaitCertificate')).toMatchObject({ state: 'waiting' });
    await givenStep(ledger, { name: 'WriteValidationRecords', output: { writtenAgain: true } });
    await look();
    expect(await waitingFor()).toMatch(/issues the certificate: The validation record _x.* is missing: another tool/);
  });

  test('names a zone that is no longer delegated, and CAA records that have come to forbid it', async () => {
    new StubbedZone(route53, [cname]);
    provider.records.push({
      name: domain,
      type: 'CAA',
      ttl: 300,
      data: { flags: 0, tag: 'issue', value: 'other.test' },
    });
    await look();
    await look();
    expect(await waitingFor()).toMatch(/the CAA records of "shop.example.test" allow "other.test" only/);
    expect(await waitingFor()).toMatch(/is delegated/);
    expect(await waitingFor()).not.toMatch(/is missing/);
  });
});
