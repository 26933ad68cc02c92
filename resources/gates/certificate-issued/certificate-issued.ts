import { describeCertificate } from '../../../aws/certificates/describe-certificate.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { type CertificatePlace, requestedNames } from '../../../domain/certificates/place.ts';
import { validationEntries } from '../../../domain/entries/wanted.ts';
import { outputIfDone, outputOf } from '../../../domain/ledger/outputs.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import { acmIn } from '../../certificate/acm-in.ts';
import type { Gate, GateLook, GateScope } from '../../gate.ts';
import { lookAtEntries } from '../../manual-record/manual-records.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { checkValidation } from '../../validation-record/missing.ts';
import { readCaa } from '../authorization/read-caa.ts';
import { readDelegation } from '../delegation/read-delegation.ts';
import { type CertificateSight, judgeCertificate, judgeRequest, type Obstacles } from './judge.ts';

type Ask = { dns: Resolver };

/** Opens when ACM has issued the certificate of a place. */
export const certificateIssued = (place: CertificatePlace): Gate<CertificatePlace['wait'], CertificateSight, Ask> => ({
  name: place.wait,
  async look(ask, scope) {
    const record = recordOf(scope);
    const { certificateArn } = outputOf(record, place.request);
    const certificate = await describeCertificate(acmIn(place, ask), certificateArn);
    const sight = { place, certificateArn, certificate };
    const request = judgeRequest(sight, { record, now: scope.now });
    const isAwaited = request !== undefined && request.state !== 'failed';
    return isAwaited ? { ...sight, obstacles: await readObstacles(place, ask, scope) } : sight;
  },
  judge: judgeCertificate,
});

async function readObstacles(
  place: CertificatePlace,
  { environment, dns }: GateLook & Ask,
  scope: GateScope,
): Promise<Obstacles> {
  const site = siteOf(scope);
  const record = recordOf(scope);
  const toEnter = isExternal(site) ? validationEntries(outputOf(record, place.request).records) : [];
  const entries = lookAtEntries(dns, toEnter);
  // On the first look all of it was checked a moment ago.
  if (!scope.again) return { entries: await entries };
  const zones = isExternal(site) ? [] : (outputIfDone(record, 'FindZone')?.zones ?? []);
  const [seen, validation, delegations, caa] = await Promise.all([
    entries,
    checkValidation({ site, record, environment, places: [place] }),
    Promise.all(zones.map((zone) => readDelegation(dns, zone))),
    readCaa(dns, requestedNames(place, site)),
  ]);
  return { entries: seen, validation, delegations, caa };
}
