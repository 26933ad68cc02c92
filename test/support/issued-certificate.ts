import type { DescribeCertificateResponse, RequestCertificateResponse } from '@aws-sdk/client-acm';
import type { Nameplate } from './nameplate.ts';

/** A certificate that somebody else has had issued for names in a hosted zone of the account. Its ARN. */
export async function anIssuedCertificate(
  { ask, aws }: Nameplate,
  { zoneId, names: [DomainName, ...more] }: { zoneId: string; names: readonly string[] },
): Promise<string> {
  const { CertificateArn = '' } = await ask<RequestCertificateResponse>('acm', 'RequestCertificate', {
    DomainName,
    ValidationMethod: 'DNS',
    ...(more.length > 0 && { SubjectAlternativeNames: more }),
  });
  await aws.clock.advance(60_000);
  const { Certificate } = await ask<DescribeCertificateResponse>('acm', 'DescribeCertificate', { CertificateArn });
  const records = new Map(
    (Certificate?.DomainValidationOptions ?? []).map(({ ResourceRecord: { Name, Value } = {} }) => [Name, Value]),
  );
  const Changes = [...records].map(([Name, Value]) => ({
    Action: 'CREATE',
    ResourceRecordSet: { Name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value }] },
  }));
  await ask('route53', 'ChangeResourceRecordSets', { HostedZoneId: zoneId, ChangeBatch: { Changes } });
  await aws.clock.advance(10 * 60_000);
  return CertificateArn;
}

/** A certificate with its chain, and its key: what a server serves. PEM. */
export interface Material {
  key: string;
  cert: string;
}

/** What ACM has of a certificate and gives to nobody. */
export function materialOf({ aws }: Nameplate, arn: string): Material {
  const found = aws.acm.certificates.find(arn, aws.region);
  if (!found) throw new Error('ACM has no such certificate');
  return { key: found.privateKeyPem, cert: found.certificatePem + found.chainPem };
}
