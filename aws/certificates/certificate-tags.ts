import { type ACMClient, ListTagsForCertificateCommand } from '@aws-sdk/client-acm';
import { tagRecord } from '../tags.ts';

/** The tags of a certificate. */
export async function readCertificateTags(acm: ACMClient, arn: string): Promise<Record<string, string>> {
  const { Tags } = await acm.send(new ListTagsForCertificateCommand({ CertificateArn: arn }));
  return tagRecord(Tags);
}
