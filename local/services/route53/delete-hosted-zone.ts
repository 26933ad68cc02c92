import type { DeleteHostedZoneRequest, DeleteHostedZoneResponse } from '@aws-sdk/client-route-53';
import { AwsError, type Operation } from '../../wire/service.ts';
import { priorRequestNotComplete } from './errors.ts';
import { ZONE_TOKENS } from './quotas.ts';
import { wireName } from './record-name.ts';
import { type Route53, zoneArn } from './route53.ts';

export function deleteHostedZone(route53: Route53): Operation<DeleteHostedZoneRequest, DeleteHostedZoneResponse> {
  const { host, options, zones, changes, tags } = route53;
  return {
    resources: ({ Id: id }) => [zoneArn(id)],
    run({ Id: id }) {
      route53.spend(ZONE_TOKENS);
      const zone = route53.zone(id);
      if (zone.processing) throw priorRequestNotComplete();
      const required = zone.records.at(zone.name).filter(({ type }) => type === 'SOA' || type === 'NS');
      if (zone.records.size > required.length) {
        const message =
          'The specified hosted zone contains non-required resource record sets and so cannot be deleted.';
        throw new AwsError('HostedZoneNotEmpty', message, { status: 400 });
      }
      zones.delete(zone.id);
      tags.delete(zone.id);
      const submitted = changes.submit(zone.name);
      zone.withdraw(submitted);
      // Its servers may take another zone of this name once none of them serves this one any more.
      host.clock.after(submitted.insyncSeconds * 1000, () =>
        options.nameServers.release(wireName(zone.name) ?? zone.name, zone.servers),
      );
      return { ChangeInfo: submitted.info };
    },
  };
}
