import { Resolver } from '../../aws/dns/resolver.ts';
import { applyingByProvider, byProvider } from '../../resources/by-provider.ts';
import {
  awaitOrigin,
  awaitOriginRemoval,
  awaitTraffic,
  awaitTrafficRemoval,
  manualTraffic,
  manualTrafficOfViewers,
  type SeenEntries,
} from '../../resources/manual-record/traffic.ts';
import type { ActualRecords } from '../../resources/record/actual.ts';
import { checkedRecords } from '../../resources/record/check.ts';
import { pointOrigin, pointRecords } from '../../resources/record/point.ts';
import { recordsOfViewers, releaseOriginRecord, releaseRecords } from '../../resources/record/release.ts';
import { trafficRecords } from '../../resources/record/traffic-records.ts';
import type { Scope } from '../../resources/resource.ts';
import { adding, byPhase, checking, releasing, shifting } from '../shared/steps/resource-step.ts';

const resource = byProvider({ inRoute53: trafficRecords, elsewhere: manualTraffic });

/**
 * Looks for foreign records before anything costs, leads the origin name of a CDN, moves the traffic, and removes all of it before what it
 * goes to.
 */
export const recordSteps = (newResolver: () => Resolver) =>
  byPhase({
    prepare: checking('CheckRecords', { resource, message: found, newResolver }),
    'prepare-origin': adding('PointOrigin', {
      resource,
      applying: applyingByProvider({ inRoute53: pointOrigin, elsewhere: awaitOrigin }),
      newResolver,
    }),
    shift: shifting('PointRecords', {
      resource,
      applying: applyingByProvider({ inRoute53: pointRecords, elsewhere: awaitTraffic }),
      newResolver,
    }),
    release: releasing('RemoveRecords', {
      resource: byProvider({ inRoute53: recordsOfViewers, elsewhere: manualTrafficOfViewers }),
      applying: applyingByProvider({ inRoute53: releaseRecords, elsewhere: awaitTrafficRemoval }),
      after: 'PointRecords',
      newResolver,
    }),
    'release-origin': releasing('RemoveOriginRecord', {
      resource,
      applying: applyingByProvider({ inRoute53: releaseOriginRecord, elsewhere: awaitOriginRemoval }),
      after: 'PointRecords',
      newResolver,
    }),
  });

export const handler = recordSteps(() => new Resolver());

function found(actual: ActualRecords | SeenEntries, scope: Scope): string {
  return 'zones' in actual ? checkedRecords(actual, scope) : 'The records are yours to enter: none is changed by us';
}
