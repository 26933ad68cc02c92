import { readingDistribution, readingEdgeRemovals } from '../../resources/edge-removals/permissions.ts';
import { certificatesHere } from '../../resources/permissions/certificate-arns.ts';
import { ledger } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import { allow, type FunctionGrants } from '../../resources/permissions/statement.ts';

/** functions/checks/: the doctor of our own sites, which writes nothing. */
export function checkGrants(scope: GrantScope): FunctionGrants {
  return {
    'check-site': [
      ledger(scope, 'Query'),
      readingEdgeRemovals(),
      readingDistribution(scope),
      allow(certificatesHere(scope), 'acm:DescribeCertificate'),
    ],
  };
}
