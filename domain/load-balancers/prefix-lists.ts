/** The prefix list of AWS with the addresses that CloudFront connects to origins from, IPv4. Its id differs by region. */
export const CLOUDFRONT_ORIGIN_FACING = 'com.amazonaws.global.cloudfront.origin-facing';

/**
 * How many rules a prefix list of AWS counts as, by the end of its name: EC2 does not return it.
 * Source: VPC User Guide, "AWS-managed prefix list weight"; checked 2026-11-29.
 */
const WEIGHTS: Record<string, number> = {
  '.cloudfront.origin-facing': 55,
  '.route53-healthchecks': 25,
  '.vpc-lattice': 10,
  '.s3express': 6,
  '.groundstation': 5,
  '.ec2-instance-connect': 2,
};

/** How many rules of a security group a reference to the list counts as: one of a customer as many as it may have entries. */
export function weightOfList({ name, maxEntries }: { name: string; maxEntries?: number | undefined }): number {
  if (maxEntries !== undefined) return maxEntries;
  return Object.entries(WEIGHTS).find(([end]) => name.endsWith(end))?.[1] ?? 1;
}
