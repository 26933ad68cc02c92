import { createHash } from 'node:crypto';
import { ORIGIN_FACING } from '../../cloudfront/edge/edge-location.ts';
import { CHECKER_PREFIXES } from '../../route53/health-checks/checkers.ts';
import { type Cidr, parseCidr } from '../cidr.ts';
import { find } from '../ids.ts';

/** A list of AWS's own; every region has them under ids of its own. */
export interface PrefixList {
  id: string;
  name: string;
  family: 4 | 6;
  /** How many rules it counts as. Source: VPC User Guide, "AWS-managed prefix list weight"; checked 2026-11-29. */
  weight: number;
  entries: readonly Cidr[];
}

const CLOUDFRONT = 'com.amazonaws.global.cloudfront.origin-facing';
const CLOUDFRONT_IPV6 = 'com.amazonaws.global.ipv6.cloudfront.origin-facing';

/** The ids that public configurations show for the home region; those of others are made up. */
const KNOWN_IDS: Record<string, string> = {
  [`us-east-1 ${CLOUDFRONT}`]: 'pl-3b927c52',
  'us-east-1 com.amazonaws.us-east-1.s3': 'pl-63a5400a',
  'us-east-1 com.amazonaws.us-east-1.dynamodb': 'pl-02cd2c6b',
};

/** The lists of a region. Nothing here has an address of S3 or DynamoDB. */
export const prefixListsOf = (region: string): PrefixList[] => [
  prefixList(region, CLOUDFRONT, { weight: 55, entries: [ORIGIN_FACING.ipv4] }),
  prefixList(region, CLOUDFRONT_IPV6, { family: 6, weight: 55, entries: [ORIGIN_FACING.ipv6] }),
  prefixList(region, `com.amazonaws.${region}.dynamodb`, { weight: 1, entries: [] }),
  prefixList(region, `com.amazonaws.${region}.s3`, { weight: 1, entries: [] }),
  prefixList(region, `com.amazonaws.${region}.route53-healthchecks`, { weight: 25, entries: CHECKER_PREFIXES.ipv4 }),
  prefixList(region, `com.amazonaws.${region}.ipv6.route53-healthchecks`, {
    family: 6,
    weight: 25,
    entries: CHECKER_PREFIXES.ipv6,
  }),
];

/** The list of that id in a region. Throws as EC2 does when there is none. */
export const findPrefixList = (region: string, id: string | undefined): PrefixList =>
  find(new Map(prefixListsOf(region).map((list) => [list.id, list])), 'prefixList', id);

/** "arn:aws:ec2:us-east-1:aws:prefix-list/pl-3b927c52": they are of no account. */
export const prefixListArn = (region: string, id: string): string => `arn:aws:ec2:${region}:aws:prefix-list/${id}`;

function prefixList(
  region: string,
  name: string,
  { family = 4, weight, entries }: { family?: 4 | 6; weight: number; entries: readonly string[] },
): PrefixList {
  const madeUp = createHash('sha256').update(`${region} ${name}`).digest('hex').slice(0, 8);
  const id = KNOWN_IDS[`${region} ${name}`] ?? `pl-${madeUp}`;
  return { id, name, family, weight, entries: entries.flatMap((entry) => parseCidr(entry) ?? []) };
}
