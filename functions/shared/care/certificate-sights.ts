import { ACMClient } from '@aws-sdk/client-acm';
import { readAcmCertificate } from '../../../aws/certificates/acm-certificate.ts';
import { client } from '../../../aws/clients.ts';
import {
  CERTIFICATES,
  type CertificateSight,
  certificateConcerns,
  expiresSoon,
  isPlainlyHealthy,
} from '../../../domain/care/certificate-concerns.ts';
import type { CertificateItem } from '../../../domain/care/certificate-item.ts';
import type { Concerns } from '../../../domain/care/concern.ts';
import { listedOfAcm, listedOfServer } from '../../../domain/care/listed-certificate.ts';
import { type SiteCertificate, siteCertificates } from '../../../domain/care/site-certificates.ts';
import {
  type AcmCertificate,
  hasSameEnd,
  plainSerial,
  type ServedCertificate,
} from '../../../domain/care/watched-certificate.ts';
import { schemeOf } from '../../../domain/edges/edge.ts';
import { whatToDo } from '../../../domain/entries/entry.ts';
import { validationEntries } from '../../../domain/entries/wanted.ts';
import { inWords } from '../../../domain/records/record-set.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { lookAtEntries } from '../../../resources/manual-record/manual-records.ts';
import { checkValidation } from '../../../resources/validation-record/missing.ts';
import { servedDocument } from './look-at-site.ts';
import type { Looking } from './resource-concerns.ts';

/** The certificates of a site, and what is wrong with them. */
export interface CertificateLook extends Concerns {
  items: CertificateItem[];
}

interface Given {
  /** What a listing has told of certificates that the site may have. */
  listed: readonly AcmCertificate[];
  /** What the addresses of its names serve. */
  served: readonly ServedCertificate[];
}

/** Looks at what keeps each certificate of a site from being renewed, and whether the one that ACM has is served. */
export async function lookAtCertificates(looking: Looking, { listed, served }: Given): Promise<CertificateLook> {
  const { record, environment, now } = looking;
  const site = servedDocument(record);
  const listing = { item: record.item, now };
  const own = siteCertificates(record, site);
  const certificates = await Promise.all(
    own.map((each) => read(each, { listed, shown: each.shownAs === 'edge' ? served : [], looking })),
  );
  const looks = await Promise.all(
    own.map(async (each, place): Promise<CertificateLook> => {
      const certificate = certificates[place] as AcmCertificate;
      const others = certificates.filter((other) => other !== certificate);
      // While viewers are led to the maintenance page, its distribution serves a certificate of its own.
      const isOfAnother = (leaf: ServedCertificate) =>
        !isServed(leaf, certificate) && others.some((other) => isServed(leaf, other));
      const shown = each.shownAs === 'edge' ? served.filter((leaf) => !isOfAnother(leaf)) : [];
      const missing = await missingRecords(each, site, looking);
      const sight: CertificateSight = { ...each, domain: record.item.domain, certificate, missing, served: shown, now };
      const region = each.place.region ?? environment.region;
      const current = shown.filter((leaf) => isServed(leaf, certificate));
      const item = listedOfAcm({ certificate, own: each, served: current, region }, listing);
      return {
        concerns: certificateConcerns(sight),
        unseen: missing ? [] : [CERTIFICATES],
        items: item ? [item] : [],
      };
    }),
  );
  const ofServers = own.some(({ shownAs, isExported }) => shownAs === 'edge' && !isExported)
    ? []
    : servers(served, looking);
  return {
    concerns: [...looks, ...ofServers].flatMap(({ concerns }) => concerns),
    unseen: [...looks, ...ofServers].flatMap(({ unseen }) => unseen),
    items: [...looks, ...ofServers].flatMap(({ items }) => items),
  };
}

/** What a listing says of it, where that is all that there is to say and it is what is served. */
async function read(
  { arn, place }: SiteCertificate,
  {
    listed,
    shown,
    looking,
  }: { listed: readonly AcmCertificate[]; shown: readonly ServedCertificate[]; looking: Looking },
): Promise<AcmCertificate> {
  const known = listed.find((each) => each.arn === arn);
  if (known && isPlainlyHealthy(known, looking.now) && shown.every((leaf) => hasSameEnd(leaf, known))) return known;
  const { region } = place;
  return readAcmCertificate(client(ACMClient, region === undefined ? {} : { region }), arn);
}

function isServed(leaf: ServedCertificate, certificate: AcmCertificate): boolean {
  const { serial } = certificate.detail ?? {};
  return serial === undefined ? hasSameEnd(leaf, certificate) : plainSerial(leaf.serial) === plainSerial(serial);
}

/** The validation records that are missing, whoever keeps them; undefined where name servers could not be asked. */
async function missingRecords(
  { place, records }: SiteCertificate,
  site: Site,
  { record, environment, dns }: Looking,
): Promise<CertificateSight['missing']> {
  if (records.length === 0) return { records: [], fix: '' };
  if (!isExternal(site)) {
    const { gone, replaced } = await checkValidation({ site, record, environment, places: [place] });
    const missing = [...gone, ...replaced].map(inWords);
    // What stands in the place of one is not ours to remove.
    if (replaced.length === 0)
      return { records: missing, fix: 'Nothing: Nameplate puts it back. Stop what removes it', isOurs: true };
    return { records: missing, fix: `Put back ${missing.join(', ')}, and stop what replaces it` };
  }
  const looked = await lookAtEntries(dns, validationEntries(records));
  if (looked.some(({ seen }) => seen === 'unchecked')) return undefined;
  const broken = looked.filter(({ seen }) => seen !== 'seen');
  return {
    records: broken.map(({ name, type, values }) => `${name} ${type} ${values.join(' ')}`),
    fix: broken.map(whatToDo).join('. '),
  };
}

/** Certificates that only servers have, by what they serve. */
function servers(served: readonly ServedCertificate[], { record, now }: Looking): CertificateLook[] {
  const site = servedDocument(record);
  if (schemeOf(site) === 'http') return [];
  const isSilent = servedNames(site).some((name) => served.every((leaf) => leaf.name !== name));
  const silence: CertificateLook[] = isSilent ? [{ concerns: [], unseen: [CERTIFICATES], items: [] }] : [];
  const bySerial = Map.groupBy(served, ({ serial }) => serial);
  const looks = [...bySerial.values()].flatMap((leaves): CertificateLook[] => {
    const [first, ...others] = leaves;
    if (!first) return [];
    const subject = first.name;
    const concern = expiresSoon({
      what: `the certificate that the server of "${subject}" serves`,
      subject,
      // An ACME client renews with a third left.
      renewsItself: true,
      fix: 'Look at the timer and the log of its ACME client, or renew it by hand',
      now,
      validFrom: first.validFrom,
      validTo: first.validTo,
    });
    return [
      {
        concerns: concern ? [concern] : [],
        unseen: [],
        items: [listedOfServer([first, ...others], { item: record.item, now })],
      },
    ];
  });
  return [...looks, ...silence];
}
