import {
  ACMClient,
  type CertificateSummary,
  type CertificateType,
  DescribeCertificateCommand,
  ListCertificatesCommand,
} from '@aws-sdk/client-acm';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { RecordSet } from '../../../domain/records/record-set.ts';
import { handler } from '../../../functions/resources/validation-record.ts';
import { recordMade } from '../../../resources/record/write-records.ts';
import { useLedger } from '../../support/ledger.ts';
import { event as anEvent, awsError, context, domain, givenStep, givenUndo, theStep } from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const event = { ...anEvent, phase: 'release' as const };
const route53 = mockClient(Route53Client);
const acm = mockClient(ACMClient);
const ec2 = mockClient(EC2Client);
const value = '_b.acm-validations.aws.';
const written: RecordSet = { name: `_a.${domain}`, type: 'CNAME', ttlSeconds: 300, values: [value] };
const cname = stored(`_a.${domain}`, 'CNAME', value);

beforeEach(async () => {
  route53.reset();
  acm.reset();
  ec2.reset();
  ec2.on(DescribeRegionsCommand).resolves({});
  route53.on(ListHostedZonesCommand).resolves({
    HostedZones: [{ Id: '/hostedzone/ZEXAMPLE', Name: 'example.test.', CallerReference: 'x' }],
    IsTruncated: false,
    MaxItems: 100,
    Marker: '',
  });
  acm.on(ListCertificatesCommand).resolves({ CertificateSummaryList: [] });
  await givenUndo(ledger);
  await givenStep(ledger, { name: 'WriteValidationRecords', made: [recordMade(written, 'ZEXAMPLE')] });
});

/** Another certificate of the account, validated by the same record. */
function shared(DomainName: string): void {
  acm
    .on(ListCertificatesCommand)
    .resolves({ CertificateSummaryList: [{ CertificateArn: 'arn:other', DomainName, Status: 'ISSUED' }] });
  acm.on(DescribeCertificateCommand).resolves({
    Certificate: {
      Status: 'ISSUED',
      DomainValidationOptions: [{ DomainName, ResourceRecord: { Name: `_a.${domain}.`, Type: 'CNAME', Value: value } }],
    },
  });
}

describe('RemoveValidationRecords', () => {
  test('deletes the record as it was written, and takes it out of the ledger', async () => {
    const zone = new StubbedZone(route53, [cname]);
    expect(await handler(event, context)).toEqual({ left: [] });
    expect(zone.batches).toEqual([[`DELETE _a.${domain} CNAME`]]);
    expect((await theStep(ledger, 'WriteValidationRecords')).made).toEqual([]);
  });

  test.each([domain, `*.${domain}`])(
    'A14: keeps the record while a certificate for %s is renewed by it',
    async (name) => {
      shared(name);
      const zone = new StubbedZone(route53, [cname]);
      expect(await handler(event, context)).toMatchObject({
        left: [{ type: 'record', id: `_a.${domain} CNAME`, why: expect.stringContaining('renewed by it') }],
      });
      expect(zone.batches).toEqual([]);
    },
  );

  /** Certificates of the region "eu-west-1", or an error there; none in any other. */
  const inIreland = (answer: CertificateSummary[] | Error) => {
    const Regions = ['us-east-1', 'eu-west-1'].map((RegionName) => ({ RegionName }));
    ec2.on(DescribeRegionsCommand).resolves({ Regions });
    acm.on(ListCertificatesCommand).callsFake(async (_, client) => {
      const isThere = (await client().config.region()) === 'eu-west-1';
      if (isThere && answer instanceof Error) throw answer;
      return { CertificateSummaryList: isThere ? answer : [] };
    });
  };
  const listed = (name: string, Type: CertificateType = 'AMAZON_ISSUED'): CertificateSummary => ({
    CertificateArn: 'arn:ireland',
    DomainName: name,
    SubjectAlternativeNameSummaries: [name],
    HasAdditionalSubjectAlternativeNames: false,
    Status: 'ISSUED',
    Type,
    CreatedAt: new Date('2026-11-22T12:00:00Z'),
  });

  test.each([domain, `*.${domain}`])(
    'A5: A14: keeps the record while a certificate for %s in another region is renewed by it',
    async (name) => {
      inIreland([listed(name)]);
      const zone = new StubbedZone(route53, [cname]);
      const why = expect.stringContaining('a certificate in the region eu-west-1 is validated and renewed by it');
      expect(await handler(event, context)).toMatchObject({ left: [{ id: `_a.${domain} CNAME`, why }] });
      expect(zone.batches).toEqual([]);
    },
  );

  test('A5: A14: keeps the record where AWS denies the certificates of a region, and says so', async () => {
    inIreland(awsError('AccessDeniedException', 'with an explicit deny in a service control policy', 400));
    const zone = new StubbedZone(route53, [cname]);
    const why = expect.stringContaining('in the region eu-west-1 may be validated and renewed by it: AWS denies');
    expect(await handler(event, context)).toMatchObject({ left: [{ id: `_a.${domain} CNAME`, why }] });
    expect(zone.batches).toEqual([]);
  });

  test('A5: A14: deletes what no region needs, and leaves what another region does', async () => {
    const www = { ...written, name: `_a.www.${domain}` };
    await givenStep(ledger, {
      name: 'WriteValidationRecords',
      made: [recordMade(written, 'ZEXAMPLE'), recordMade(www, 'ZEXAMPLE')],
    });
    inIreland([listed(domain)]);
    const zone = new StubbedZone(route53, [cname, stored(www.name, 'CNAME', value)]);
    expect(await handler(event, context)).toMatchObject({ left: [{ id: `_a.${domain} CNAME` }] });
    expect(zone.batches).toEqual([[`DELETE _a.www.${domain} CNAME`]]);
  });

  test('A5: asks no other region while nothing would be deleted', async () => {
    shared(domain);
    new StubbedZone(route53, [cname]);
    await handler(event, context);
    expect(ec2.calls()).toEqual([]);
  });

  test.each([
    ['for other names', listed('example.test')],
    ['imported', listed(domain, 'IMPORTED')],
  ])('A5: deletes the record beside certificates in another region that are %s', async (_, other) => {
    inIreland([other]);
    const zone = new StubbedZone(route53, [cname]);
    expect(await handler(event, context)).toEqual({ left: [] });
    expect(zone.batches).toEqual([[`DELETE _a.${domain} CNAME`]]);
  });

  test('A14: does not take for needed what ACM lists for a while after it was deleted', async () => {
    shared(domain);
    const output = { left: [], removed: ['arn:other'] };
    await givenStep(ledger, { name: 'RemoveCertificates', output });
    const zone = new StubbedZone(route53, [cname]);
    expect(await handler(event, context)).toEqual({ left: [] });
    expect(zone.batches).toEqual([[`DELETE _a.${domain} CNAME`]]);
  });

  test('R8: leaves a record that somebody has changed since', async () => {
    const zone = new StubbedZone(route53, [{ ...cname, TTL: 60 }]);
    expect(await handler(event, context)).toMatchObject({
      left: [{ why: expect.stringContaining('it was changed since by another tool or person') }],
    });
    expect(zone.batches).toEqual([]);
  });

  test('leaves a record that it only found', async () => {
    await givenStep(ledger, {
      name: 'WriteValidationRecords',
      made: [{ type: 'record', id: `_a.${domain} CNAME`, ours: false }],
    });
    const zone = new StubbedZone(route53, [cname]);
    expect(await handler(event, context)).toEqual({ left: [] });
    expect(zone.batches).toEqual([]);
  });
});
