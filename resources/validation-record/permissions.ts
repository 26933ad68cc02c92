import { certificatesHere, certificatesOfCloudFront } from '../permissions/certificate-arns.ts';
import { changeRecords, hostedZones } from '../permissions/hosted-zones.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

export function validationRecordPermissions(scope: GrantScope): Grant[] {
  const certificates = new Set([...certificatesHere(scope), ...certificatesOfCloudFront(scope)]);
  return [
    ledgerOfStep(scope),
    allow(hostedZones(scope), 'route53:ListResourceRecordSets'),
    changeRecords(scope),
    // Every zone that may hold a record of ours, and which certificates of any region are renewed by it.
    anywhere('route53:ListHostedZones', 'acm:ListCertificates', 'ec2:DescribeRegions'),
    allow([...certificates], 'acm:DescribeCertificate'),
  ];
}
