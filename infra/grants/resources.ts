import { alarmPermissions } from '../../resources/alarm/permissions.ts';
import { aliasPermissions } from '../../resources/alias/permissions.ts';
import { bypassPermissions } from '../../resources/bypass/permissions.ts';
import { certificatePermissions } from '../../resources/certificate/permissions.ts';
import { delegationPermissions } from '../../resources/delegation/permissions.ts';
import { distributionPermissions } from '../../resources/distribution/permissions.ts';
import { domainValidationPermissions } from '../../resources/domain-validation/permissions.ts';
import { elasticIpPermissions } from '../../resources/elastic-ip/permissions.ts';
import { healthCheckPermissions } from '../../resources/health-check/permissions.ts';
import { hostedZonePermissions } from '../../resources/hosted-zone/permissions.ts';
import { instancePermissions } from '../../resources/instance/permissions.ts';
import { httpListenerPermissions, listenerPermissions } from '../../resources/listener/permissions.ts';
import { listenerCertificatePermissions } from '../../resources/listener-certificate/permissions.ts';
import { loadBalancerPermissions } from '../../resources/load-balancer/permissions.ts';
import { pagePermissions } from '../../resources/page/permissions.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import type { FunctionGrants } from '../../resources/permissions/statement.ts';
import { recordPermissions } from '../../resources/record/permissions.ts';
import { securityGroupPermissions } from '../../resources/security-group/permissions.ts';
import { targetGroupPermissions, targetPermissions } from '../../resources/target-group/permissions.ts';
import { validationRecordPermissions } from '../../resources/validation-record/permissions.ts';
import { viewerCertificatePermissions } from '../../resources/viewer-certificate/permissions.ts';

/** functions/resources/: what each may do is said beside its resource. */
export function resourceGrants(scope: GrantScope): FunctionGrants {
  return {
    alarm: alarmPermissions(scope),
    alias: aliasPermissions(scope),
    bypass: bypassPermissions(scope),
    certificate: certificatePermissions(scope),
    delegation: delegationPermissions(scope),
    distribution: distributionPermissions(scope),
    'domain-validation': domainValidationPermissions(scope),
    'elastic-ip': elasticIpPermissions(scope),
    'health-check': healthCheckPermissions(scope),
    'hosted-zone': hostedZonePermissions(scope),
    instance: instancePermissions(scope),
    'load-balancer': loadBalancerPermissions(scope),
    page: pagePermissions(scope),
    record: recordPermissions(scope),
    'security-group': securityGroupPermissions(scope),
    listener: listenerPermissions(scope),
    'listener-certificate': listenerCertificatePermissions(scope),
    'http-listener': httpListenerPermissions(scope),
    'server-validation-record': validationRecordPermissions(scope),
    'target-group': targetGroupPermissions(scope),
    target: targetPermissions(scope),
    'validation-record': validationRecordPermissions(scope),
    'viewer-certificate': viewerCertificatePermissions(scope),
  };
}
