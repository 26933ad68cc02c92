import { classify } from '../../../aws/classify.ts';
import { DnsFailure } from '../../../aws/dns/query.ts';
import type { LookOptions } from '../../../aws/doctor/look.ts';
import type { Environment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { CERTIFICATES } from '../../../domain/care/certificate-concerns.ts';
import type { CertificateItem } from '../../../domain/care/certificate-item.ts';
import { allConcerns, type Concerns, concern } from '../../../domain/care/concern.ts';
import { nameProbes } from '../../../domain/care/leg-probe.ts';
import type { LegProbe } from '../../../domain/care/look-item.ts';
import { nameConcerns, servedUnder } from '../../../domain/care/name-concerns.ts';
import type { AcmCertificate } from '../../../domain/care/watched-certificate.ts';
import { issuedNames } from '../../../domain/certificates/place.ts';
import { finding } from '../../../domain/doctor/finding.ts';
import { isOn } from '../../../domain/failover/maintenance.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { authorizationProblem } from '../../../domain/zones/authorization.ts';
import { readCaa } from '../../../resources/gates/authorization/read-caa.ts';
import { logger } from '../logging/logger.ts';
import { lookAtCertificates } from './certificate-sights.ts';
import { idleAddresses } from './idle-addresses.ts';
import { behindProbes, type Part, targetPart } from './leg-probes.ts';
import {
  hasSettledResources,
  lookAtBehind,
  lookAtNames,
  lookResolver,
  type NameLook,
  servedDocument,
} from './look-at-site.ts';
import { registrationConcerns } from './registrations.ts';
import { changedRecordConcerns, delegationConcerns, type Looking, resourceConcerns } from './resource-concerns.ts';

export interface LookingAround {
  record: SiteRecord;
  ledger: Ledger;
  environment: Environment;
  /** What a listing has told of certificates that the site may have. */
  listed: readonly AcmCertificate[];
  options: LookOptions;
  now: Date;
  remaining: () => number;
}

/** All that is wrong with a live site, its certificates, undefined where these could not be read, and what was seen of each leg. */
export async function lookAround({ listed, options, remaining, ...around }: LookingAround): Promise<{
  found: Concerns;
  certificates: CertificateItem[] | undefined;
  probes: LegProbe[];
}> {
  const { record, now } = around;
  const look = { record, options, now, remaining };
  const dns = lookResolver(look);
  const looking: Looking = { ...around, dns };
  const settled = hasSettledResources(record);
  /** One part of the look: while AWS or name servers are out of reach, it says nothing and the others do. */
  const part = async <Found extends Concerns>(area: string, found: (area: string) => Promise<Found>) => {
    try {
      return await found(area);
    } catch (error) {
      if (!(error instanceof DnsFailure) && !classify(error)) throw error;
      logger.warn('Cannot look at a part of the site', { area, error });
      return { concerns: [], unseen: [area] };
    }
  };
  const whileSettled = (
    area: string,
    found: (looking: Looking, area: string) => Promise<Part>,
  ): Promise<Part> | Part => (settled ? part(area, () => found(looking, area)) : { concerns: [], unseen: [area] });
  const [names, ...others] = await Promise.all([
    lookAtNames(look),
    part('origin', async (area) => {
      const behind = await lookAtBehind(dns, look);
      const grave = behind?.findings.filter(({ severity }) => severity !== 'info') ?? [];
      const subject = behind?.name ?? '';
      const concerns = grave.map((each) => concern(each, { subject, area, isCertain: false }));
      return { concerns, unseen: [], probes: behind ? behindProbes(behind, servedDocument(record)) : [] };
    }),
    whileSettled('target', targetPart),
    part('registration', (area) => registrationConcerns({ ...looking, connect: options.connect }, area)),
    part('caa', (area) => caaConcerns(looking, area)),
    whileSettled('resources', resourceConcerns),
    whileSettled('addresses', idleAddresses),
    whileSettled('records', changedRecordConcerns),
    whileSettled('delegation', delegationConcerns),
  ]);
  const served = names.flatMap(({ seen }: NameLook) => servedUnder(seen));
  const ofCertificates = settled
    ? await part(CERTIFICATES, () => lookAtCertificates(looking, { listed, served }))
    : { concerns: [], unseen: [CERTIFICATES] };
  const ofNames = names.map((each) => nameConcerns(each, { isOnPage: isOn(record.item), hasStages: settled }));
  return {
    found: allConcerns([ofCertificates, ...others, ...ofNames]),
    certificates: 'items' in ofCertificates ? (ofCertificates.items as CertificateItem[]) : undefined,
    probes: [
      ...nameProbes(
        names.map(({ seen }) => seen),
        { isOnPage: isOn(record.item) },
      ),
      ...others.flatMap((each) => ('probes' in each ? (each.probes ?? []) : [])),
    ],
  };
}

/** Whether CAA still lets ACM issue: a record that is added keeps it from renewing (failures A15). */
async function caaConcerns({ record, dns }: Looking, area: string): Promise<Concerns> {
  const seen = await readCaa(dns, issuedNames(servedDocument(record)));
  const concerns = seen.flatMap((one) => {
    const message = 'set' in one ? authorizationProblem(one.name, one.set, { next: '' }) : undefined;
    if (message === undefined) return [];
    return [concern(finding('caaForbidsIssuer', { message }), { subject: one.name, area })];
  });
  return { concerns, unseen: seen.some((one) => 'failure' in one) ? [area] : [] };
}
