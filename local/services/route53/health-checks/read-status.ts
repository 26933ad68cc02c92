import { isIPv6 } from 'node:net';
import type {
  GetHealthCheckLastFailureReasonRequest,
  GetHealthCheckLastFailureReasonResponse,
  GetHealthCheckStatusRequest,
  GetHealthCheckStatusResponse,
  HealthCheckObservation,
} from '@aws-sdk/client-route-53';
import type { Operation } from '../../../wire/service.ts';
import { invalidInput } from '../errors.ts';
import type { Route53 } from '../route53.ts';
import { findCheck } from './find.ts';
import { type Checker, type HealthCheck, healthCheckArn, type Observation } from './health-check.ts';

/** What each checker has found last; none before it has checked, none of a disabled check. */
export function getHealthCheckStatus(
  route53: Route53,
): Operation<GetHealthCheckStatusRequest, GetHealthCheckStatusResponse> {
  return {
    resources: ({ HealthCheckId: id }) => [healthCheckArn(id)],
    run({ HealthCheckId: id }) {
      const check = findCheck(route53, id);
      // Source: Route 53 API Reference, "GetHealthCheckStatus": not for calculated ones; the words are not published. Checked 2026-11-30.
      if (check.settings.Type === 'CALCULATED') {
        throw invalidInput('The status of a calculated health check cannot be retrieved.');
      }
      const found = check.settings.Disabled ? [] : route53.healthChecks.observationsOf(check);
      return { HealthCheckObservations: found.flatMap(({ checker, last }) => observation(check, checker, last)) };
    },
  };
}

/** Why each checker that has ever found a failure did so last. */
export function getHealthCheckLastFailureReason(
  route53: Route53,
): Operation<GetHealthCheckLastFailureReasonRequest, GetHealthCheckLastFailureReasonResponse> {
  return {
    resources: ({ HealthCheckId: id }) => [healthCheckArn(id)],
    run({ HealthCheckId: id }) {
      const check = findCheck(route53, id);
      if (check.settings.Type === 'CALCULATED') {
        throw invalidInput('The last failure reason of a calculated health check cannot be retrieved.');
      }
      const found = route53.healthChecks.observationsOf(check).map(({ checker, last }) => ({
        checker,
        failure: last?.finding.ok === false ? last : checker.lastFailure,
      }));
      return { HealthCheckObservations: found.flatMap(({ checker, failure }) => observation(check, checker, failure)) };
    },
  };
}

function observation(check: HealthCheck, checker: Checker, seen: Observation | undefined): HealthCheckObservation[] {
  if (!seen) return [];
  const { IPAddress: address = '' } = check.applied;
  return [
    {
      Region: checker.region,
      IPAddress: isIPv6(address) ? checker.ipv6 : checker.ipv4,
      StatusReport: { Status: seen.finding.status, CheckedTime: seen.at },
    },
  ];
}
