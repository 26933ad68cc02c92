import {
  ACMClient,
  DescribeCertificateCommand,
  RequestCertificateCommand,
  waitUntilCertificateValidated,
} from '@aws-sdk/client-acm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Authority } from '../../../local/certificates/authority.ts';
import { createAcm } from '../../../local/services/acm/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { FewRecords } from './an-acm.ts';

let aws: AFront;
let dns: FewRecords;

beforeEach(async () => {
  const authority = await Authority.create();
  dns = new FewRecords();
  aws = await aFront({ services: (host) => [createAcm(host, { authority, resolve: dns.resolve }).service] });
});

afterEach(() => aws.close());

describe('ACM on the wire', () => {
  test('the SDK requests, describes and waits for a certificate', async () => {
    const acm = aws.client(ACMClient);
    const { CertificateArn } = await acm.send(
      new RequestCertificateCommand({ DomainName: 'shop.example.test', ValidationMethod: 'DNS' }),
    );
    await aws.clock.advance(10_000);
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
    expect(Certificate?.CreatedAt).toBeInstanceOf(Date);
    const record = Certificate?.DomainValidationOptions?.[0]?.ResourceRecord;
    dns.set(record?.Name ?? '', 'CNAME', record?.Value);
    await aws.clock.advance(120_000);
    const { state } = await waitUntilCertificateValidated({ client: acm, maxWaitTime: 120 }, { CertificateArn });

    expect(state).toBe('SUCCESS');
    await expect(
      acm.send(new DescribeCertificateCommand({ CertificateArn: `${CertificateArn}0` })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 400 } });
  });

  test('A10: the sixth request in a second is throttled', async () => {
    const acm = aws.client(ACMClient);
    const request = (n: number) =>
      acm.send(new RequestCertificateCommand({ DomainName: `s${n}.example.test`, ValidationMethod: 'DNS' }));
    for (let n = 0; n < 5; n++) await request(n);

    await expect(request(5)).rejects.toMatchObject({ name: 'ThrottlingException' });
    await aws.clock.advance(1_000);
    await request(5);
  });

  test('a role may request only for the names its policy says', async () => {
    const credentials = aws.role({
      Effect: 'Allow',
      Action: 'acm:RequestCertificate',
      Resource: '*',
      Condition: { 'ForAllValues:StringLike': { 'acm:DomainNames': ['*.example.test'] } },
    });
    const acm = aws.client(ACMClient, { credentials });
    const request = (DomainName: string) =>
      acm.send(new RequestCertificateCommand({ DomainName, ValidationMethod: 'DNS' }));

    await request('shop.example.test');
    await expect(request('shop.other.test')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
