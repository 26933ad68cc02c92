import { certificatesHere } from '../../resources/permissions/certificate-arns.ts';
import { hostedZones } from '../../resources/permissions/hosted-zones.ts';
import { ledger, ledgerOfStep } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import { allow, anywhere, type FunctionGrants } from '../../resources/permissions/statement.ts';

/** functions/certificates/ */
export function certificateGrants(scope: GrantScope): FunctionGrants {
  const step = ledgerOfStep(scope);
  const zones = hostedZones(scope);
  const certificates = certificatesHere(scope);
  return {
    // SendTaskSuccess has no resource scope: the task token is the secret that decides.
    'await-certificate': [
      step,
      ledger(scope, 'GetItem', 'DeleteItem'),
      allow(certificates, 'acm:DescribeCertificate'),
      allow(zones, 'route53:ListResourceRecordSets'),
      anywhere('states:SendTaskSuccess'),
    ],
  };
}
