import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Owner } from '../../domain/ownership.ts';

/** Where the roles of a stack are, below its own path: its functions may create roles there and nowhere else. */
export function rolePath({ stack, region }: { stack: string; region: string }): string {
  return `/nameplate/${stack}/${region}/`;
}

export const ROLE_NAME_PREFIX = 'nameplate-acme-';

/** Names of roles are unique in an account, whatever their path. At most 64 characters. */
export function roleName({ domain, stack }: Owner, region: string): string {
  const hash = createHash('sha256').update(`${region} ${stack} ${domain}`).digest('hex');
  return `${ROLE_NAME_PREFIX}${hash.slice(0, 20)}`;
}

export const POLICY_NAME = 'certificates';

/**
 * Who may assume the role: ACM's ACME endpoints. Source: ACM User Guide, "IAM for ACME certificate automation"; checked 2026-11-29.
 */
export const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'acm-acme.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      Condition: { StringLikeIfExists: { 'sts:SourceIdentity': 'acm-acme-*' } },
    },
  ],
};

const BY_ACME = { StringEquals: { 'acm:CertificateKeyPairOrigin': 'ACME' } };

/** Certificates for some of these names and no others. Revoking has no names to be judged by. Source: as above. */
export function issuingPolicy(names: readonly string[]): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'acm:RequestCertificate',
        Resource: '*',
        Condition: {
          ...BY_ACME,
          'ForAllValues:StringEquals': { 'acm:DomainNames': [...names].sort() },
          // Of no names at all "for all values" is true.
          Null: { 'acm:DomainNames': 'false' },
        },
      },
      { Effect: 'Allow', Action: 'acm:RevokeCertificate', Resource: '*', Condition: BY_ACME },
    ],
  };
}

/** The names of a policy of ours; none of one that another tool or person has changed. */
export function namesIn(policy: object | undefined): string[] {
  const { Statement: [first] = [] } = (policy ?? {}) as {
    Statement?: { Condition?: Record<string, Record<string, unknown>> }[];
  };
  const names = [first?.Condition?.['ForAllValues:StringEquals']?.['acm:DomainNames'] ?? []].flat();
  const read = names.filter((name) => typeof name === 'string');
  return isDeepStrictEqual(policy, issuingPolicy(read)) ? read : [];
}
