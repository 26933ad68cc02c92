import { namedRecords, PLACES, requestedNames, SERVERS, type ValidatedPlace } from '../../domain/certificates/place.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { validationAmong } from '../../domain/records/removal.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import { route53For, zonesFound } from '../record/traffic-records.ts';
import { readZoneViews, type ViewedZone } from '../record/zone-views.ts';
import { zonesAfter } from '../record/zones-after.ts';
import { readZonesOfNames } from '../record/zones-of-names.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import { validationSets } from './batch.ts';
import {
  type ActualValidation,
  type DesiredValidation,
  type ReleasedValidation,
  TYPE,
  validationChanges,
  writtenIn,
} from './changes.ts';
import { usersOf } from './users.ts';

/**
 * The CNAMEs in Route 53 by which ACM knows that the names are ours, and renews the certificate. ACM gives each name one record,
 * for every request: it is shared by every certificate of the account, and stays while one needs it (failures A14).
 */
export type ValidationResource = Resource<DesiredValidation, ActualValidation, StepOutputs['WriteValidationRecords']>;

/** Those of all certificates of a site: a plan shows each once, and they are released together. */
export const validationRecords: ValidationResource = validationOf(PLACES);

/** Those by which the ACME endpoint of the stack knows the names that a server requests a certificate for. */
export const serverValidationRecords: ValidationResource = validationOf([SERVERS]);

/** Those of the certificates of some places: each step writes what its own certificate waits for. */
export function validationOf(places: readonly ValidatedPlace[]): ValidationResource {
  return {
    type: TYPE,
    inDnsAccount: true,
    parts: ['record'],
    desired: (scope) => desiredValidation(places, scope),
    read: (look, scope) => readValidation(places, look, scope),
    changes: validationChanges,
    handles: () => ({}),
    afterwards: ({ zones, released }, changes) => ({
      zones: zonesAfter(zones, changes),
      ...(released && { released: { ...released, zones: zonesAfter(released.zones, changes) } }),
    }),
  };
}

function desiredValidation(places: readonly ValidatedPlace[], { site, known }: Scope): DesiredValidation[] {
  const records = namedRecords(known, places);
  const names = site ? places.flatMap((place) => requestedNames(place, site)) : [];
  const ofEndpoint = places.includes(SERVERS);
  return [...new Set(names)].map((domain) => {
    const [set] = validationSets(records.filter((record) => record.domain === domain));
    return { domain, ...(set && { set }), ...(ofEndpoint && { ofEndpoint }) };
  });
}

async function readValidation(places: readonly ValidatedPlace[], look: Look, scope: Scope): Promise<ActualValidation> {
  const route53 = route53For(look, scope);
  const isPrepared = look.phase !== 'release' && desiredValidation(places, scope).length > 0;
  // Elsewhere only a person writes records.
  const isReleased = look.phase !== 'prepare' && scope.record && !isExternal(scope.record.item.site);
  const [zones, released] = await Promise.all([
    isPrepared ? readZoneViews(route53, zonesFound(scope)) : [],
    isReleased && scope.record ? readZonesOfNames(route53, scope.record) : undefined,
  ]);
  return { zones, ...(released && { released: await withUsers(released, look, scope) }) };
}

/** Who needs the records that may be removed, as far as a plan looks: in two regions. */
async function withUsers(
  zones: readonly ViewedZone[],
  { clients, environment }: Pick<Look, 'clients' | 'environment'>,
  scope: Scope,
): Promise<ReleasedValidation> {
  const ours = zones.flatMap((zone) => validationAmong(writtenIn(zone, scope)));
  return { zones, needed: await usersOf(ours, { clients, environment, scope }) };
}
