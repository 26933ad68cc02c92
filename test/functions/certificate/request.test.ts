import {
  ACMClient,
  AddTagsToCertificateCommand,
  DescribeCertificateCommand,
  LimitExceededException,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
  RequestCertificateCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-acm';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { certificateRequest } from '../../../domain/certificates/request.ts';
import type { Made } from '../../../domain/ledger/made.ts';
import { handler } from '../../../functions/resources/certificate.ts';
import { useLedger } from '../../support/ledger.ts';
import {
  event as anEvent,
  awsError,
  context,
  domain,
  givenSite,
  givenStep,
  mutations,
  ownTags,
  theStep,
} from '../../support/steps.ts';

const ledger = useLedger();
const event = { ...anEvent, phase: 'prepare' as const };
const acm = mockClient(ACMClient);
const names = [domain, `www.${domain}`];
const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const older = 'arn:aws:acm:us-east-1:123456789012:certificate/0';
beforeEach(() => {
  acm.reset();
  acm.on(ListCertificatesCommand).resolves({ CertificateSummaryList: [] });
  acm.on(RequestCertificateCommand).resolves({ CertificateArn: arn });
});

const record = (name: string) => ({ Name: `_a.${name}.`, Type: 'CNAME' as const, Value: '_b.acm-validations.aws.' });
function described(
  certificateArn: string,
  {
    status = 'PENDING_VALIDATION',
    with: recorded = names,
    reason,
  }: { status?: string; with?: string[]; reason?: string } = {},
): void {
  acm.on(DescribeCertificateCommand, { CertificateArn: certificateArn }).resolves({
    Certificate: {
      DomainName: domain,
      SubjectAlternativeNames: names,
      Status: status as never,
      ...(reason !== undefined && { FailureReason: reason as never }),
      DomainValidationOptions: names.map((DomainName) => ({
        DomainName,
        ...(recorded.includes(DomainName) && { ResourceRecord: record(DomainName) }),
      })),
    },
  });
}
const inAccount = (certificateArn: string, tags = ownTags) => {
  acm
    .on(ListCertificatesCommand)
    .resolves({
      CertificateSummaryList: [{ CertificateArn: certificateArn, DomainName: domain, Status: 'PENDING_VALIDATION' }],
    })
    .on(ListTagsForCertificateCommand)
    .resolves({ Tags: tags });
};
const waiting = () => expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });

describe('RequestCertificate', () => {
  test('A21: requests one certificate for all names, by DNS, tagged, with a derived token and a key that CloudFront takes too', async () => {
    await givenSite(ledger);
    await waiting();
    expect(acm.commandCalls(RequestCertificateCommand)[0]?.args[0].input).toEqual({
      DomainName: domain,
      SubjectAlternativeNames: [`www.${domain}`],
      ValidationMethod: 'DNS',
      KeyAlgorithm: 'RSA_2048',
      IdempotencyToken: certificateRequest(names, { revision: 1, request: 1 }).token,
      Tags: ownTags,
    });
    expect(await theStep(ledger, 'RequestCertificate')).toMatchObject({
      state: 'waiting',
      made: [{ type: 'certificate', id: arn, ours: true }],
    });
  });

  test('A1: waits until every name has its record, and makes no second request', async () => {
    await givenSite(ledger);
    await waiting();
    described(arn, { with: [] });
    await waiting();
    described(arn, { with: [domain] });
    await waiting();
    described(arn);
    expect(await handler(event, context)).toEqual({
      certificateArn: arn,
      records: names.map((name) => ({ domain: name, name: `_a.${name}.`, value: '_b.acm-validations.aws.' })),
    });
    expect(mutations(acm)).toEqual(['RequestCertificate']);
  });

  test('A2: waits until ACM knows what it was asked for', async () => {
    await givenSite(ledger);
    await waiting();
    acm.on(DescribeCertificateCommand).rejects(new ResourceNotFoundException({ message: 'no', $metadata: {} }));
    await waiting();
    expect(mutations(acm)).toEqual(['RequestCertificate']);
  });

  test('A3: finds by its tags the certificate whose answer was lost', async () => {
    await givenSite(ledger);
    acm.on(RequestCertificateCommand).rejects(awsError('TimeoutError'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Throttled' });
    acm.resetHistory();
    inAccount(arn);
    described(arn);
    expect(await handler(event, context)).toMatchObject({ certificateArn: arn });
    expect(mutations(acm)).toEqual([]);
  });

  test('A4: looks through certificates of every kind of key, all pages', async () => {
    await givenSite(ledger);
    acm
      .on(ListCertificatesCommand)
      .resolves({ CertificateSummaryList: [], NextToken: 'more' })
      .on(ListCertificatesCommand, { NextToken: 'more' })
      .resolves({ CertificateSummaryList: [{ CertificateArn: arn, DomainName: domain, Status: 'ISSUED' }] })
      .on(ListTagsForCertificateCommand)
      .resolves({ Tags: ownTags });
    described(arn);
    expect(await handler(event, context)).toMatchObject({ certificateArn: arn });
    const { Includes } = acm.commandCalls(ListCertificatesCommand)[0]?.args[0].input ?? {};
    expect(Includes?.keyTypes).toEqual(expect.arrayContaining(['RSA_2048', 'EC_prime256v1', 'RSA_4096']));
  });

  test('leaves the certificate of somebody else for the same names alone', async () => {
    await givenSite(ledger);
    inAccount(older, []);
    described(older);
    await waiting();
    expect(mutations(acm)).toEqual(['RequestCertificate']);
    expect((await theStep(ledger, 'RequestCertificate')).made).toMatchObject([{ id: arn }]);
  });

  test('A5: stops with the fix when ACM refuses', async () => {
    await givenSite(ledger);
    await waiting();
    described(arn, { status: 'FAILED', reason: 'CAA_ERROR' });
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining('CAA 0 issue "amazon.com"'),
    });
  });

  test('A7: a new revision asks for a new certificate and keeps the failed one in sight', async () => {
    await givenSite(ledger, { revision: 2 });
    await givenStep(ledger, {
      name: 'RequestCertificate',
      state: 'failed',
      made: [{ type: 'certificate', id: older, ours: true, detail: 'for revision 1' }],
    });
    await expect(handler({ ...event, revision: 2 }, context)).rejects.toMatchObject({ name: 'NotReady' });
    const token = certificateRequest(names, { revision: 2, request: 1 }).token;
    expect(acm.commandCalls(RequestCertificateCommand)[0]?.args[0].input).toMatchObject({ IdempotencyToken: token });
    expect((await theStep(ledger, 'RequestCertificate')).made).toMatchObject([{ id: older }, { id: arn }]);
  });

  test('A7: asks anew, once, in the same operation when the request before has timed out, whatever became of that', async () => {
    const timedOut: Made = { type: 'certificate', id: older, ours: true, detail: 'for revision 1' };
    const askAgainAt = '2026-11-25T13:00:00.000Z';
    await givenSite(ledger, {
      outputs: { DiscardCertificate: { certificateArn: older, askAgainAt, nextRequest: 2 } },
    });
    await givenStep(ledger, { name: 'RequestCertificate', made: [timedOut], output: { certificateArn: older } });
    await waiting();
    const token = certificateRequest(names, { revision: 1, request: 2 }).token;
    expect(acm.commandCalls(RequestCertificateCommand)[0]?.args[0].input).toMatchObject({ IdempotencyToken: token });
    expect((await theStep(ledger, 'RequestCertificate')).made).toMatchObject([
      timedOut,
      { id: arn, detail: 'for revision 1, request 2' },
    ]);
    described(arn);
    expect(await handler(event, context)).toMatchObject({ certificateArn: arn });
    expect(mutations(acm)).toEqual(['RequestCertificate']);
  });

  test('A9: stops at a quota', async () => {
    await givenSite(ledger);
    acm.on(RequestCertificateCommand).rejects(new LimitExceededException({ message: 'too many', $metadata: {} }));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'QuotaReached' });
  });

  test('A10: leaves a throttle to the workflow', async () => {
    await givenSite(ledger);
    acm.on(RequestCertificateCommand).rejects(awsError('ThrottlingException'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Throttled' });
  });

  describe('with "adopt"', () => {
    const dns = { Type: 'AMAZON_ISSUED' as const, Status: 'ISSUED' as const, SubjectAlternativeNames: names };
    const theirs = (changes = {}) =>
      acm.on(DescribeCertificateCommand).resolves({
        Certificate: {
          ...dns,
          DomainName: domain,
          DomainValidationOptions: names.map((DomainName) => ({
            DomainName,
            ValidationMethod: 'DNS',
            ResourceRecord: record(DomainName),
          })),
          ...changes,
        },
      });

    test('adopts a certificate of nobody for these names, tagging it after the ledger knows', async () => {
      await givenSite(ledger, { site: { adopt: true } });
      inAccount(older, []);
      theirs();
      acm.on(AddTagsToCertificateCommand).rejectsOnce(awsError('ThrottlingException')).resolves({});
      await expect(handler(event, context)).rejects.toMatchObject({ name: 'Throttled' });
      expect((await theStep(ledger, 'RequestCertificate')).made).toMatchObject([{ id: older, before: { tags: {} } }]);
      expect(await handler(event, context)).toMatchObject({ certificateArn: older });
      expect(mutations(acm)).toEqual(['AddTagsToCertificate', 'AddTagsToCertificate']);
    });

    test('adopts none that ACM does not keep fresh', async () => {
      await givenSite(ledger, { site: { adopt: true } });
      inAccount(older, []);
      theirs({ Type: 'IMPORTED' });
      await waiting();
      expect(mutations(acm)).toEqual(['RequestCertificate']);
    });
  });
});

describe('RequestCertificate of a certificate that the document names', () => {
  const named = 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';
  beforeEach(() => {
    acm.on(ListTagsForCertificateCommand).resolves({ Tags: [{ Key: 'team', Value: 'web' }] });
  });

  const isDeleted = () => {
    for (const command of [DescribeCertificateCommand, ListTagsForCertificateCommand]) {
      acm.on(command as typeof DescribeCertificateCommand).rejects(awsError('ResourceNotFoundException'));
    }
  };

  test('requests and tags nothing, and remembers it as not ours', async () => {
    await givenSite(ledger, { site: { certificate: { arn: named } } });
    described(named, { status: 'ISSUED' });
    expect(await handler(event, context)).toEqual({ certificateArn: named, records: [] });
    expect(mutations(acm)).toEqual([]);
    expect(await theStep(ledger, 'RequestCertificate')).toMatchObject({
      state: 'done',
      made: [{ type: 'certificate', id: named, ours: false }],
      message: expect.stringContaining(named),
    });
  });

  test.each([
    ['is deleted', isDeleted, /check the ARN/],
    ['expires', () => described(named, { status: 'EXPIRED' }), /import its successor/],
  ])('stops when it %s after it was declared', async (_, happens, why) => {
    await givenSite(ledger, { site: { certificate: { arn: named } } });
    happens();
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringMatching(why),
    });
  });
});

describe('12: a certificate that a person exports', () => {
  const exported = {
    domain,
    aliases: [`www.${domain}`],
    edge: 'direct' as const,
    certificate: 'export' as const,
    origin: { server: { address: '198.51.100.7', port: 443, healthPath: '/' } },
  };

  test('is requested so', async () => {
    await givenSite(ledger, { site: exported });
    await waiting();
    expect(acm.commandCalls(RequestCertificateCommand)[0]?.args[0].input).toMatchObject({
      DomainName: domain,
      SubjectAlternativeNames: [`www.${domain}`],
      Options: { Export: 'ENABLED' },
    });
  });

  test.each([
    ['a server', 'DISABLED', { site: exported }],
    ['a load balancer', 'ENABLED', {}],
  ] as const)('is another one than that of %s, though names and owner are the same', async (_, Export, given) => {
    await givenSite(ledger, given);
    inAccount(older);
    acm.on(DescribeCertificateCommand, { CertificateArn: older }).resolves({
      Certificate: { DomainName: domain, SubjectAlternativeNames: names, Status: 'ISSUED', Options: { Export } },
    });
    await waiting();
    expect(acm.commandCalls(RequestCertificateCommand)).toHaveLength(1);
  });
});
