import type {
  GetCheckerIpRangesRequest,
  GetCheckerIpRangesResponse,
  GetHealthCheckCountRequest,
  GetHealthCheckCountResponse,
  GetHealthCheckRequest,
  GetHealthCheckResponse,
  ListHealthChecksRequest,
  ListHealthChecksResponse,
} from '@aws-sdk/client-route-53';
import type { Operation } from '../../../wire/service.ts';
import { invalidInput } from '../errors.ts';
import { pageOf } from '../page.ts';
import type { Route53 } from '../route53.ts';
import { CHECKER_IP_RANGES } from './checkers.ts';
import { findCheck } from './find.ts';
import { healthCheckArn, listedCheck } from './health-check.ts';

// Source: Route 53 API Reference, "ListHealthChecks"; checked 2026-11-30.
const PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 1000;

export function getHealthCheck(route53: Route53): Operation<GetHealthCheckRequest, GetHealthCheckResponse> {
  return {
    resources: ({ HealthCheckId: id }) => [healthCheckArn(id)],
    run: ({ HealthCheckId: id }) => ({ HealthCheck: listedCheck(findCheck(route53, id)) }),
  };
}

export function getHealthCheckCount(
  route53: Route53,
): Operation<GetHealthCheckCountRequest, GetHealthCheckCountResponse> {
  return { run: () => ({ HealthCheckCount: route53.healthChecks.byId.size }) };
}

export function listHealthChecks(route53: Route53): Operation<ListHealthChecksRequest, ListHealthChecksResponse> {
  return {
    run({ Marker: marker, MaxItems: asked = PAGE_SIZE }) {
      const size = Math.min(asked, MAX_PAGE_SIZE);
      const checks = [...route53.healthChecks.byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      const start = marker === undefined ? 0 : checks.findIndex(({ id }) => id === marker);
      if (start < 0) throw invalidInput(`The marker ${marker} is not valid`);
      const { items, next } = pageOf(checks.slice(start), size);
      return {
        HealthChecks: items.map(listedCheck),
        Marker: marker,
        IsTruncated: next !== undefined,
        ...(next && { NextMarker: next.id }),
        MaxItems: size,
      };
    },
  };
}

/** Route 53 does no authorization for this: the ranges are public. */
export function getCheckerIpRanges(): Operation<GetCheckerIpRangesRequest, GetCheckerIpRangesResponse> {
  return { open: true, run: () => ({ CheckerIpRanges: [...CHECKER_IP_RANGES] }) };
}
