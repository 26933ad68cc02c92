/** A policy as written: JSON with single values where lists may stand. */
export interface PolicyDocument {
  Version?: string;
  Id?: string;
  Statement: PolicyStatement | PolicyStatement[];
}

export interface PolicyStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Principal?: '*' | Record<string, string | string[]>;
  NotPrincipal?: '*' | Record<string, string | string[]>;
  Condition?: ConditionBlock;
}

/** Operator -> condition key -> values. */
export type ConditionBlock = Record<string, Record<string, ConditionValue | ConditionValue[]>>;
export type ConditionValue = string | number | boolean;

/** What a policy is asked about one resource. */
export interface PolicyAsk {
  /** "acm:RequestCertificate" */
  action: string;
  /** An ARN, or "*". */
  resource: string;
  context: Context;
}

/** Condition keys in lower case (they are case-insensitive) and their values in this request. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** Builds a context from keys as they are written: { "aws:RequestedRegion": ["us-east-1"] }. */
export const contextOf = (keys: Record<string, readonly string[]>): Context =>
  new Map(Object.entries(keys).map(([key, values]) => [key.toLowerCase(), values]));

/** One value or several, as a list. */
export function listed<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
