import type { ACMClient } from '@aws-sdk/client-acm';
import { readCertificateTags } from '../../aws/certificates/certificate-tags.ts';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { listCertificates } from '../../aws/certificates/list-certificates.ts';
import { isNobodys } from '../../domain/adoption.ts';
import { type Certificate, isUsable } from '../../domain/certificates/certificate.ts';
import { isOwnedBy, type Owner } from '../../domain/ownership.ts';

/** A certificate with its tags. */
export type TaggedCertificate = Certificate & { tags: Record<string, string> };

/**
 * One that is ours, for these names, and may still be used: its request's answer was lost, or its site failed. With `adopt`, where
 * there is none, also one without an owner that ACM renews by DNS and whose key is one of `keys`. Never one of `others`, and none whose key may leave ACM
 * but where that is wanted: it costs at each renewal.
 */
export async function findCertificate(
  acm: ACMClient,
  {
    names,
    owner,
    adopt = false,
    exportable = false,
    keys,
    others = [],
  }: {
    names: string[];
    owner: Owner;
    adopt?: boolean | undefined;
    exportable?: boolean;
    keys?: readonly string[] | undefined;
    others?: readonly string[];
  },
): Promise<TaggedCertificate | undefined> {
  const candidates = (await listCertificates(acm)).filter(
    ({ arn, domain }) =>
      !others.includes(arn) && (domain === owner.domain || domain === names[0] || (adopt && names.includes(domain))),
  );
  let adoptable: TaggedCertificate | undefined;
  for (const { arn } of candidates) {
    const certificate = await describeCertificate(acm, arn);
    if (!certificate || !isUsable(certificate, names)) continue;
    if ((certificate.isExportable ?? false) !== exportable) continue;
    const tags = await readCertificateTags(acm, arn);
    // One that was imported is no answer to a request: ACM does not renew it.
    if (isOwnedBy(owner, tags) && certificate.type !== 'IMPORTED') return { ...certificate, tags };
    const isServed = !keys || keys.includes(certificate.key ?? '');
    if (adopt && isNobodys(tags) && certificate.renewedByDns && isServed) adoptable ??= { ...certificate, tags };
  }
  return adoptable;
}
