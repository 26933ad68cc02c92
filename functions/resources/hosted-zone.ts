import { Resolver } from '../../aws/dns/resolver.ts';
import { findZones } from '../../resources/hosted-zone/find.ts';
import { hostedZone } from '../../resources/hosted-zone/hosted-zone.ts';
import { removeZones } from '../../resources/hosted-zone/release.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

/** Finds the hosted zone of every name of the site, or makes one for its domain, and deletes that one when the site is undone. */
export const zoneSteps = (newResolver: () => Resolver) =>
  byPhase({
    prepare: preparing('FindZone', hostedZone, findZones, newResolver),
    release: releasing('RemoveZone', { resource: hostedZone, applying: removeZones, after: 'FindZone', newResolver }),
  });

export const handler = zoneSteps(() => new Resolver());
