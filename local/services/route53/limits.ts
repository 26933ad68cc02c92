import type {
  AccountLimitType,
  GetAccountLimitRequest,
  GetAccountLimitResponse,
  GetHostedZoneLimitRequest,
  GetHostedZoneLimitResponse,
} from '@aws-sdk/client-route-53';
import type { Operation } from '../../wire/service.ts';
import { invalidInput } from './errors.ts';
import { MAX_HEALTH_CHECKS, MAX_HOSTED_ZONES, MAX_RECORD_SETS_PER_ZONE } from './quotas.ts';
import { type Route53, zoneArn } from './route53.ts';

export function getHostedZoneLimit(route53: Route53): Operation<GetHostedZoneLimitRequest, GetHostedZoneLimitResponse> {
  return {
    resources: ({ HostedZoneId: id }) => [zoneArn(id)],
    run({ HostedZoneId: id, Type: type }) {
      const zone = route53.zone(id);
      if (type !== 'MAX_RRSETS_BY_ZONE')
        throw invalidInput(`Invalid request: the local AWS knows no limit ${type} of a zone`);
      return { Limit: { Type: type, Value: MAX_RECORD_SETS_PER_ZONE }, Count: zone.records.size };
    },
  };
}

export function getAccountLimit(route53: Route53): Operation<GetAccountLimitRequest, GetAccountLimitResponse> {
  const limits: Partial<Record<AccountLimitType, { value: number; count: () => number }>> = {
    MAX_HOSTED_ZONES_BY_OWNER: { value: MAX_HOSTED_ZONES, count: () => route53.zones.size },
    MAX_HEALTH_CHECKS_BY_OWNER: { value: MAX_HEALTH_CHECKS, count: () => route53.healthChecks.byId.size },
  };
  return {
    run({ Type: type }) {
      const limit = type && limits[type];
      if (!limit) throw invalidInput(`Invalid request: the local AWS knows no limit ${type} of an account`);
      return { Limit: { Type: type, Value: limit.value }, Count: limit.count() };
    },
  };
}
