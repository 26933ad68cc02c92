/** The zone is in another account, whose role we take for every call. */
export interface RoleDns {
  /** "arn:aws:iam::210987654321:role/nameplate-dns" */
  role: string;
  /** Of a site that was declared with one; otherwise it is derived (`external-id.ts`). */
  externalId?: string;
}

/**
 * Where a site's records are kept: in Route 53 of this account, in that of another by its role, or with another provider,
 * where a person enters them.
 */
export type SiteDns = 'route53' | 'external' | RoleDns;

/** What the name of a role that Nameplate may take begins with; its own policies allow no other. */
export const ROLE_PREFIX = 'nameplate-';

interface Kept {
  dns?: SiteDns | undefined;
}

/** A site that says nothing about it keeps its records in Route 53. */
function dnsOf({ dns = 'route53' }: Kept): SiteDns {
  return dns;
}

/** The role to take for a site's records; undefined where none is needed. */
export function roleOf(site: Kept): RoleDns | undefined {
  const dns = dnsOf(site);
  return typeof dns === 'object' ? dns : undefined;
}

/** Whether a person enters the records, somewhere that we can't write to. */
export function isExternal(site: Kept): boolean {
  return dnsOf(site) === 'external';
}

/** Whether nothing in the account says who owns the names: then they are proven by a challenge. */
export function needsChallenge(site: Kept): boolean {
  return dnsOf(site) !== 'route53';
}

/** The trust policy by which a role lets in this stack, for the sites of the external id, and no other caller. */
export function trustPolicy(
  { role, externalId }: Required<RoleDns>,
  { account, stackName }: { account: string; stackName: string },
): string {
  const partition = role.split(':')[1] ?? 'aws';
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'sts:ExternalId': externalId },
          ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${account}:role/${stackName}-*` },
        },
      },
    ],
  });
}
