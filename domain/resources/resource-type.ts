/** Everything that a site can be made of, by the words that plans, the ledger and messages use. A closed list. */
export const RESOURCE_TYPES = [
  'hosted zone',
  'record',
  'validation record',
  'certificate',
  'viewer certificate',
  'security group',
  'security group rule',
  'load balancer',
  'target group',
  'target',
  'listener',
  'listener certificate',
  'listener rule',
  'host rule',
  'distribution',
  'alias',
  'health check',
  'alarm',
  'page',
  'bypass',
  'elastic address',
  'ACME endpoint',
  'domain validation',
  'ACME role',
] as const;

export type ResourceType = (typeof RESOURCE_TYPES)[number];
