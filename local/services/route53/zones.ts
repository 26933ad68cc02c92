import type {
  GetHostedZoneCountRequest,
  GetHostedZoneCountResponse,
  GetHostedZoneRequest,
  GetHostedZoneResponse,
  UpdateHostedZoneCommentRequest,
  UpdateHostedZoneCommentResponse,
} from '@aws-sdk/client-route-53';
import type { Operation } from '../../wire/service.ts';
import { type Route53, zoneArn } from './route53.ts';

export function getHostedZone(route53: Route53): Operation<GetHostedZoneRequest, GetHostedZoneResponse> {
  return {
    resources: ({ Id: id }) => [zoneArn(id)],
    run({ Id: id }) {
      const zone = route53.zone(id);
      const where = zone.vpc ? { VPCs: [zone.vpc] } : { DelegationSet: { NameServers: zone.nameServers } };
      return { HostedZone: zone.listed(), ...where };
    },
  };
}

export function getHostedZoneCount(route53: Route53): Operation<GetHostedZoneCountRequest, GetHostedZoneCountResponse> {
  return { run: () => ({ HostedZoneCount: route53.zones.size }) };
}

export function updateHostedZoneComment(
  route53: Route53,
): Operation<UpdateHostedZoneCommentRequest, UpdateHostedZoneCommentResponse> {
  return {
    resources: ({ Id: id }) => [zoneArn(id)],
    run({ Id: id, Comment: comment }) {
      const zone = route53.zone(id);
      zone.comment = comment;
      return { HostedZone: zone.listed() };
    },
  };
}
