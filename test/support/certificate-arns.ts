import type { ListCertificatesResponse } from '@aws-sdk/client-acm';
import type { Nameplate } from './nameplate.ts';

/** The ARNs of all certificates in the account, whatever became of them. */
export async function certificateArns({ ask }: Pick<Nameplate, 'ask'>): Promise<string[]> {
  const { CertificateSummaryList = [] } = await ask<ListCertificatesResponse>('acm', 'ListCertificates');
  return CertificateSummaryList.flatMap(({ CertificateArn }) => CertificateArn ?? []);
}
