import { certificatesHere } from '../../permissions/certificate-arns.ts';
import { hostedZones } from '../../permissions/hosted-zones.ts';
import { ledger, ledgerOfStep } from '../../permissions/ledger.ts';
import type { GrantScope } from '../../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../../permissions/statement.ts';

/** SendTaskSuccess has no resource scope: the task token is the secret that decides. */
export function certificateIssuedPermissions(scope: GrantScope): Grant[] {
  return [
    ledgerOfStep(scope),
    ledger(scope, 'GetItem', 'DeleteItem'),
    allow(certificatesHere(scope), 'acm:DescribeCertificate'),
    allow(hostedZones(scope), 'route53:ListResourceRecordSets'),
    anywhere('states:SendTaskSuccess'),
  ];
}
