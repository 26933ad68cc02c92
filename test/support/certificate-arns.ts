import type { ListCertificatesResponse } from '@aws-sdk/client-acm';
import type { Nameplate } from './nameplate.ts';

/** The ARNs of all certificates in the region of the stack or another one, whatever became of them. */
export async function certificateArns({ ask }: Pick<Nameplate, 'ask'>, region?: string): Promise<string[]> {
  const { CertificateSummaryList = [] } = await ask<ListCertificatesResponse>('acm', 'ListCertificates', {}, region);
  return CertificateSummaryList.flatMap(({ CertificateArn }) => CertificateArn ?? []);
}
