import { acmeEndpoints } from '../../domain-validation/permissions.ts';
import { hostedZones } from '../../permissions/hosted-zones.ts';
import { ledgerOfStep } from '../../permissions/ledger.ts';
import type { GrantScope } from '../../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../../permissions/statement.ts';

export function domainsValidatedPermissions(scope: GrantScope): Grant[] {
  return [
    ledgerOfStep(scope),
    anywhere('acm:ListAcmeEndpoints'),
    allow(acmeEndpoints(scope), 'acm:ListAcmeDomainValidations'),
    allow(hostedZones(scope), 'route53:ListResourceRecordSets'),
  ];
}
