import { ACMClient, type CertificateDetail, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { readEnvironment } from '../../../aws/environment.ts';
import { readSite } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { AcmCertificate, ServedCertificate } from '../../../domain/care/watched-certificate.ts';
import type { StepOutputs } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { lookAtCertificates } from '../../../functions/shared/care/certificate-sights.ts';
import { useLedger } from '../../support/ledger.ts';
import { aFailover, aSettledSiteItem, aSite } from '../../support/site.ts';
import { aSiteZone, awsError, domain, givenStep } from '../../support/steps.ts';

const ledger = useLedger();
const acm = mockClient(ACMClient);
const route53 = mockClient(Route53Client);
const DAY = 86_400_000;
const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/a';
const validFrom = new Date('2027-01-01T00:00:00Z');
const validTo = new Date(validFrom.getTime() + 198 * DAY);
const validation = { domain, name: `_x.${domain}`, value: '_y.acm-validations.aws' };
const certificate: AcmCertificate = {
  arn,
  status: 'ISSUED',
  type: 'AMAZON_ISSUED',
  validFrom,
  validTo,
  inUse: true,
  isEligible: true,
};
const leaf: ServedCertificate = {
  name: domain,
  address: '203.0.113.2',
  serial: '0A',
  issuer: 'CN=A',
  names: [domain],
  validFrom,
  validTo,
};
const detail: CertificateDetail = {
  CertificateArn: arn,
  Status: 'ISSUED',
  Type: 'AMAZON_ISSUED',
  NotBefore: validFrom,
  NotAfter: validTo,
  InUseBy: ['arn:balancer'],
  RenewalEligibility: 'ELIGIBLE',
  Serial: '0b',
  SubjectAlternativeNames: [domain],
};

beforeEach(() => {
  acm.reset();
  route53.reset();
  acm.on(DescribeCertificateCommand).resolves({ Certificate: detail });
  hasRecords(true);
});

function hasRecords(stands: boolean): void {
  const cname = {
    Name: `${validation.name}.`,
    Type: 'CNAME' as const,
    TTL: 300,
    ResourceRecords: [{ Value: validation.value }],
  };
  const answer = { ResourceRecordSets: stands ? [cname] : [], IsTruncated: false, MaxItems: 300 };
  route53.on(ListResourceRecordSetsCommand).resolves(answer);
}

async function look(
  {
    listed = [certificate],
    served = [leaf],
    day = 10,
  }: { listed?: AcmCertificate[]; served?: ServedCertificate[]; day?: number } = {},
  { changes = {}, outputs = {} }: { changes?: Partial<Site>; outputs?: Partial<StepOutputs> } = {},
) {
  const site = aSite({ aliases: [], ...changes });
  await writeSite(ledger, aSettledSiteItem({ site, live: site }), { over: undefined });
  const left = {
    FindZone: { zones: [aSiteZone({ names: [domain] })], nameServers: [] },
    RequestCertificate: { certificateArn: arn, records: [validation] },
    ...outputs,
  };
  for (const [name, output] of Object.entries(left)) await givenStep(ledger, { name, output });
  const record = (await readSite(ledger, domain)) as SiteRecord;
  const now = new Date(validFrom.getTime() + day * DAY);
  const looking = { record, environment: readEnvironment(), ledger, dns: new Resolver(), now };
  const { concerns, items } = await lookAtCertificates(looking, { listed, served });
  return { codes: concerns.map(({ code }) => code), items, calls: acm.calls().length };
}

describe('the certificates of a live site', () => {
  test('of one that is plainly well ACM is asked nothing more than its list', async () => {
    const { codes, items, calls } = await look();
    expect([codes, calls]).toEqual([[], 0]);
    expect(items).toMatchObject([
      {
        arn,
        region: 'us-east-1',
        place: 'edge',
        renewal: 'automatic',
        servedAt: [{ name: domain, address: '203.0.113.2' }],
      },
    ]);
  });

  test('A15: the missing record is told with what to put back', async () => {
    hasRecords(false);
    expect((await look()).codes).toEqual(['validationRecordMissing']);
  });

  test('A15: once the renewal is due ACM is asked how it stands', async () => {
    const renewal = { RenewalStatus: 'PENDING_VALIDATION' as const, DomainValidationOptions: [], UpdatedAt: validTo };
    acm.on(DescribeCertificateCommand).resolves({ Certificate: { ...detail, Serial: '0a', RenewalSummary: renewal } });
    const { codes, items, calls } = await look({ day: 154 });
    expect([codes, calls, items[0]?.renewal]).toEqual([['renewalFails'], 1, 'failing']);
  });

  test('A18: where another one is served ACM is asked for its number', async () => {
    const old = { ...leaf, validTo: new Date(validTo.getTime() - 150 * DAY) };
    const { codes, items } = await look({ served: [old] });
    expect([codes, items[0]?.servedAt]).toEqual([['certificateNotRolledOut'], []]);
  });

  test('one that is gone from ACM is told of', async () => {
    acm.on(DescribeCertificateCommand).rejects(awsError('ResourceNotFoundException'));
    expect(await look({ listed: [] })).toMatchObject({ codes: ['certificateNotIssued'], items: [] });
  });

  test('behind CloudFront the one that viewers see is asked for in us-east-1, and that of the load balancer is seen by nobody', async () => {
    const viewers = 'arn:aws:acm:us-east-1:123456789012:certificate/viewers';
    const listed = [certificate, { ...certificate, arn: viewers }];
    const outputs = { RequestViewerCertificate: { certificateArn: viewers, records: [validation] } };
    const { codes, items, calls } = await look({ listed }, { changes: { edge: 'cdn' }, outputs });
    expect([codes, calls]).toEqual([[], 0]);
    expect(items.map(({ arn: each, place, servedAt }) => [each, place, servedAt.length])).toEqual([
      [arn, 'origin', 0],
      [viewers, 'edge', 1],
    ]);
  });

  test('while viewers are led to the maintenance page the certificate of the page is not one that stayed behind', async () => {
    const page = 'arn:aws:acm:us-east-1:123456789012:certificate/page';
    const earlier = (date: Date) => new Date(date.getTime() - 30 * DAY);
    const former = { validFrom: earlier(validFrom), validTo: earlier(validTo) };
    const listed = [certificate, { ...certificate, ...former, arn: page }];
    const outputs = { RequestViewerCertificate: { certificateArn: page, records: [validation] } };
    const changes = { failover: aFailover() };
    const { codes, items } = await look(
      { listed, served: [{ ...leaf, ...former, serial: 'ff' }] },
      { changes, outputs },
    );
    expect(codes).toEqual([]);
    expect(items.map(({ place, servedAt }) => [place, servedAt.length])).toEqual([
      ['edge', 0],
      ['page', 0],
    ]);
  });

  test('of an imported one ACM keeps nothing fresh: its end is told with the secret to renew', async () => {
    const imported = { ...certificate, type: 'IMPORTED', isEligible: false };
    const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-a1B2c3';
    const changes = { certificate: { imported: { secret } } };
    const outputs = { RequestCertificate: { certificateArn: arn, records: [] } };
    const { codes, items, calls } = await look({ listed: [imported], day: 132 }, { changes, outputs });
    expect([codes, calls, items[0]?.renewal]).toEqual([['certificateExpiring'], 0, 'by-hand']);
  });
});
