/** What an account may have unless AWS has granted it more. Sources: each service's page of quotas, checked 2026-11-22. */
export const DEFAULT_LIMITS = {
  /** ACM User Guide, "Quotas": requested in the last 365 days; certificates deleted since count too. */
  certificatesPerYear: 5_000,
  /** The same: held at a time, expired ones included. */
  certificates: 2_500,
  /** The same, in the region of CloudFront: each region has its own. */
  viewerCertificates: 2_500,
  /** ELB User Guide, "Quotas for your Application Load Balancers": in a region. */
  loadBalancers: 50,
  /** The same: of one load balancer. */
  listeners: 50,
  /** The same: 25 of one load balancer besides the default one of a listener (failures L3). */
  certificatesPerLoadBalancer: 26,
  /** The same: of one load balancer, besides the default ones of its listeners (failures L15). */
  rulesPerLoadBalancer: 100,
  /** The same: in a region. */
  targetGroups: 3_000,
  /** CloudFront Developer Guide, "Quotas": distributions of an account, and alternate domain names of one (failures C6). */
  distributions: 500,
  namesPerDistribution: 100,
  /** The same: distributions that have one response headers policy, and functions of an account. */
  distributionsPerHeadersPolicy: 100,
  edgeFunctions: 100,
  /** Amazon VPC quotas, "Inbound or outbound rules per security group": inbound, for IPv4 (failures L11). */
  rulesPerGroup: 60,
  /** Amazon VPC quotas, "Elastic IP addresses per Region". */
  elasticAddresses: 5,
  /** Route 53 Developer Guide, "Quotas". */
  healthChecks: 200,
  /** Route 53 Developer Guide, "Quotas": public and private together. */
  zones: 500,
  /** The same: in one zone. */
  records: 10_000,
} as const;

/** What AWS says that this very account may have, as far as it was asked and lets one ask. */
export interface Limits {
  account: Partial<Record<Exclude<keyof typeof DEFAULT_LIMITS, 'records'>, number>>;
  /** Of the record sets in a zone, by its id. */
  recordsIn: Record<string, number>;
  /** What AWS denied to say: its answer, which names the permission. */
  denied: string[];
}

export const NOTHING_ASKED: Limits = { account: {}, recordsIn: {}, denied: [] };
