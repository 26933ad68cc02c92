import {
  type ACMClient,
  AddTagsToCertificateCommand,
  ListTagsForCertificateCommand,
  RemoveTagsFromCertificateCommand,
} from '@aws-sdk/client-acm';
import { tagList, tagRecord } from '../tags.ts';

/** The tags of a certificate. */
export async function readCertificateTags(acm: ACMClient, arn: string): Promise<Record<string, string>> {
  const { Tags } = await acm.send(new ListTagsForCertificateCommand({ CertificateArn: arn }));
  return tagRecord(Tags);
}

/** Tags a certificate; its other tags stay. */
export async function tagCertificate(
  acm: ACMClient,
  { arn, tags }: { arn: string; tags: Record<string, string> },
): Promise<void> {
  await acm.send(new AddTagsToCertificateCommand({ CertificateArn: arn, Tags: tagList(tags) }));
}

/** Takes tags off a certificate, where they have these values. */
export async function untagCertificate(
  acm: ACMClient,
  { arn, tags }: { arn: string; tags: Record<string, string> },
): Promise<void> {
  await acm.send(new RemoveTagsFromCertificateCommand({ CertificateArn: arn, Tags: tagList(tags) }));
}
