import type { PolicyDocument } from '../../permissions/policy.ts';
import { remembered } from '../../remembered.ts';

export interface Role {
  name: string;
  arn: string;
  /** "AROA…" */
  id: string;
  path: string;
  description: string | undefined;
  createdAt: Date;
  /** Who may assume it, as it was given. */
  trust: string;
  maxSessionSeconds: number;
  /** Inline policies by name, as they were given. */
  inline: Map<string, string>;
  /** ARNs of attached managed policies. */
  attached: Set<string>;
  /** The ARN of the managed policy that bounds what all others allow. */
  boundary?: string;
  tags: Map<string, string>;
}

/** What an instance is launched with, to have a role. */
export interface InstanceProfile {
  name: string;
  arn: string;
  /** "AIPA…" */
  id: string;
  path: string;
  createdAt: Date;
  /** The name of its role. */
  role: string | undefined;
  tags: Map<string, string>;
}

export interface ManagedPolicy {
  name: string;
  arn: string;
  /** "ANPA…" */
  id: string;
  path: string;
  description: string | undefined;
  createdAt: Date;
  document: string;
}

/** Everything that IAM knows. */
export interface IamStore {
  /** By name: names are unique whatever the path, and compared without case. */
  roles: Map<string, Role>;
  /** By name, as roles. */
  profiles: Map<string, InstanceProfile>;
  /** By ARN; AWS's own among them. */
  policies: Map<string, ManagedPolicy>;
}

/** A document that was checked when it came in. */
export const parsed = remembered((document: string) => JSON.parse(document) as PolicyDocument);
