import type { Authority } from '../../certificates/authority.ts';
import type { Host } from '../../host.ts';
import type { Service } from '../../wire/service.ts';
import { getAccountConfiguration, putAccountConfiguration } from './account-configuration.ts';
import type { Acm } from './acm.ts';
import type { Acme, AcmeAround } from './acme/acme.ts';
import { listenForAcme } from './acme/directory/listen.ts';
import { Endpoints } from './acme/endpoints.ts';
import { acmeOperations } from './acme/operations.ts';
import { renewCertificate, updateCertificateOptions } from './certificate-options.ts';
import { CertificateStore } from './certificate-store.ts';
import constraints from './constraints.json' with { type: 'json' };
import { deleteCertificate } from './delete-certificate.ts';
import { describeCertificate } from './describe-certificate.ts';
import type { Resolve } from './dns.ts';
import { exportCertificate } from './export-certificate.ts';
import { getCertificate } from './get-certificate.ts';
import { importCertificate } from './import-certificate.ts';
import { listCertificates } from './list-certificates.ts';
import { RATES } from './quotas.ts';
import { requestCertificate } from './request-certificate.ts';
import { Rollout } from './rollout.ts';
import {
  addTagsToCertificate,
  listTagsForCertificate,
  listTagsForResource,
  removeTagsFromCertificate,
  tagResource,
  untagResource,
} from './tags.ts';
import { type CertificatesInUse, certificatesInUse } from './use.ts';

export interface AcmOptions {
  authority: Authority;
  /** DNS as ACM's validators see it, without a cache. */
  resolve: Resolve;
  /** The clock that clients outside judge certificates by. Default: this machine's. */
  wallNow?: () => Date;
  /** What ACME endpoints need; without it there are none. */
  acme?: AcmeAround;
}

/** Certificate Manager: public certificates by DNS validation, imported ones, managed renewal, events, ACME endpoints. */
export function createAcm(
  host: Host,
  { authority, resolve, wallNow = () => new Date(), acme: around }: AcmOptions,
): { service: Service; certificates: CertificatesInUse; rollout: Rollout } {
  const certificates = new CertificateStore(host);
  const endpoints = new Endpoints();
  const acm: Acm = { host, authority, resolve, certificates, endpoints, daysBeforeExpiry: new Map(), wallNow };
  const acme: Acme | undefined = around && { acm, around, buckets: new Map() };
  if (acme) listenForAcme(acme);
  const service: Service = {
    name: 'acm',
    protocol: 'awsJson1_1',
    model: () => import('@aws-sdk/client-acm'),
    constraints,
    rates: { actions: RATES, code: 'ThrottlingException' },
    operations: {
      RequestCertificate: requestCertificate(acm),
      DescribeCertificate: describeCertificate(acm),
      ExportCertificate: exportCertificate(acm),
      GetCertificate: getCertificate(acm),
      ListCertificates: listCertificates(acm),
      DeleteCertificate: deleteCertificate(acm),
      ImportCertificate: importCertificate(acm),
      AddTagsToCertificate: addTagsToCertificate(acm),
      RemoveTagsFromCertificate: removeTagsFromCertificate(acm),
      ListTagsForCertificate: listTagsForCertificate(acm),
      TagResource: tagResource(acm),
      UntagResource: untagResource(acm),
      ListTagsForResource: listTagsForResource(acm),
      GetAccountConfiguration: getAccountConfiguration(acm),
      PutAccountConfiguration: putAccountConfiguration(acm),
      UpdateCertificateOptions: updateCertificateOptions(acm),
      RenewCertificate: renewCertificate(acm),
      ...(acme && acmeOperations(acme)),
    },
  };
  const rollout = new Rollout(certificates);
  return { service, certificates: certificatesInUse(acm, rollout), rollout };
}
