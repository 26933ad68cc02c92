import { certificatesHere, certificatesOfCloudFront } from '../../permissions/certificate-arns.ts';
import { hostedZones } from '../../permissions/hosted-zones.ts';
import { ledger, ledgerOfStep } from '../../permissions/ledger.ts';
import type { GrantScope } from '../../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../../permissions/statement.ts';

/** It hears of the certificates of all regions: ACM's events complete both waits by one function. */
export function certificateIssuedPermissions(scope: GrantScope): Grant[] {
  return [...awaitingCertificates(scope, certificatesHere(scope)), ledger(scope, 'GetItem', 'DeleteItem')];
}

export function viewerCertificateIssuedPermissions(scope: GrantScope): Grant[] {
  return awaitingCertificates(scope, certificatesOfCloudFront(scope));
}

/** SendTaskSuccess has no resource scope: the task token is the secret that decides. */
function awaitingCertificates(scope: GrantScope, certificates: string[]): Grant[] {
  return [
    ledgerOfStep(scope),
    allow(certificates, 'acm:DescribeCertificate'),
    allow(hostedZones(scope), 'route53:ListResourceRecordSets'),
    anywhere('states:SendTaskSuccess'),
  ];
}
