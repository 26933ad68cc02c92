import { authorizationPermissions } from '../../resources/gates/authorization/permissions.ts';
import {
  certificateIssuedPermissions,
  viewerCertificateIssuedPermissions,
} from '../../resources/gates/certificate-issued/permissions.ts';
import { delegationPermissions } from '../../resources/gates/delegation/permissions.ts';
import { distributionDeployedPermissions } from '../../resources/gates/distribution-deployed/permissions.ts';
import { domainsValidatedPermissions } from '../../resources/gates/domains-validated/permissions.ts';
import { healthCheckObservedPermissions } from '../../resources/gates/health-check-observed/permissions.ts';
import { instanceRunningPermissions } from '../../resources/gates/instance-running/permissions.ts';
import { originReadyPermissions } from '../../resources/gates/origin-ready/permissions.ts';
import { pageAnswersPermissions } from '../../resources/gates/page-answers/permissions.ts';
import { preflightPermissions } from '../../resources/gates/preflight/permissions.ts';
import { probePermissions } from '../../resources/gates/probe/permissions.ts';
import { recordsRemovedPermissions } from '../../resources/gates/records-removed/permissions.ts';
import { recordsSyncedPermissions } from '../../resources/gates/records-synced/permissions.ts';
import { serverAnswersPermissions } from '../../resources/gates/server-answers/permissions.ts';
import { switchProbePermissions } from '../../resources/gates/switch-probe/permissions.ts';
import { targetsHealthyPermissions } from '../../resources/gates/targets-healthy/permissions.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import type { FunctionGrants } from '../../resources/permissions/statement.ts';

/** functions/gates/: what each may read is said beside its gate. */
export function gateGrants(scope: GrantScope): FunctionGrants {
  return {
    'await-certificate': certificateIssuedPermissions(scope),
    'await-distribution': distributionDeployedPermissions(scope),
    'await-domain-validations': domainsValidatedPermissions(scope),
    'await-health-check': healthCheckObservedPermissions(scope),
    'await-instance': instanceRunningPermissions(scope),
    'await-load-balancer': targetsHealthyPermissions(scope),
    'await-origin-sync': recordsSyncedPermissions(scope),
    'await-removal': recordsRemovedPermissions(scope),
    'await-server': serverAnswersPermissions(scope),
    'await-sync': recordsSyncedPermissions(scope),
    'await-viewer-certificate': viewerCertificateIssuedPermissions(scope),
    'check-authorization': authorizationPermissions(scope),
    'check-delegation': delegationPermissions(scope),
    'check-origin': originReadyPermissions(scope),
    preflight: preflightPermissions(scope),
    'probe-page': pageAnswersPermissions(scope),
    'probe-site': probePermissions(scope),
    'probe-switch': switchProbePermissions(scope),
  };
}
