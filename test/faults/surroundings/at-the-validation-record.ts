import type { DescribeCertificateResponse, RequestCertificateResponse } from '@aws-sdk/client-acm';
import type { ListHostedZonesResponse, ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Place, Surroundings } from './surroundings.ts';

/** Enough for ACM to name the record, and to list the certificate no more once it is deleted. */
const A_WHILE_MS = 60_000;

/** Another's TXT where ACM wants the validation record of the domain: the name's is the same for every certificate of the account. */
export const AT_THE_VALIDATION_RECORD: Surroundings = {
  declares: () => ({ adopt: true }),

  async begin(place) {
    const set = {
      Name: await nameFor(place),
      Type: 'TXT',
      TTL: 300,
      ResourceRecords: [{ Value: '"theirs"' }],
    } as const;
    await change(place, 'CREATE', { ...set, ResourceRecords: [...set.ResourceRecords] });
    return () => change(place, 'DELETE', { ...set, ResourceRecords: [...set.ResourceRecords] });
  },
};

async function nameFor({ ground: { nameplate }, domain }: Place): Promise<string> {
  const { ask, aws } = nameplate;
  const { CertificateArn } = await ask<RequestCertificateResponse>('acm', 'RequestCertificate', {
    DomainName: domain,
    ValidationMethod: 'DNS',
  });
  await aws.clock.advance(A_WHILE_MS);
  const { Certificate } = await ask<DescribeCertificateResponse>('acm', 'DescribeCertificate', { CertificateArn });
  await ask('acm', 'DeleteCertificate', { CertificateArn });
  await aws.clock.advance(A_WHILE_MS);
  const name = Certificate?.DomainValidationOptions?.[0]?.ResourceRecord?.Name;
  if (name === undefined) throw new Error(`ACM names no validation record for "${domain}"`);
  return name;
}

async function change({ ground: { nameplate }, domain }: Place, Action: 'CREATE' | 'DELETE', set: ResourceRecordSet) {
  const { ask } = nameplate;
  const { HostedZones = [] } = await ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
  const zone = HostedZones.find(({ Name = '' }) => `${domain}.`.endsWith(`.${Name}`));
  const Changes = [{ Action, ResourceRecordSet: set }];
  await ask('route53', 'ChangeResourceRecordSets', { HostedZoneId: zone?.Id, ChangeBatch: { Changes } });
}
