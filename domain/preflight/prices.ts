/**
 * What AWS charges, in USD, without tax, credits or a free tier. Sources: the pricing pages of Elastic Load Balancing,
 * Route 53, Amazon VPC ("Public IPv4 Address") and ACM for US East (N. Virginia); checked 2026-11-22. CloudFront: pay-as-you-go prices for
 * viewers in North America, the lowest; checked 2026-11-29.
 */
export const PRICES = {
  region: 'us-east-1',
  currency: 'USD',
  checkedAt: '2026-11-22',
  source:
    'https://aws.amazon.com/pricing/: Elastic Load Balancing, Route 53, Amazon VPC, AWS Certificate Manager, Amazon CloudFront, Amazon CloudWatch',
  loadBalancerHour: 0.0225,
  /** One unit is 25 new connections a second, 3,000 open ones, 1 GB an hour or 1,000 rules a second, whichever is most. */
  capacityUnitHour: 0.008,
  /** The first 25 zones of an account; charged whole for a month that has begun. */
  zoneMonth: 0.5,
  /**
   * A health check of an endpoint of AWS, beyond the first 50 of an account, and of any other; and each option of it: HTTPS, a fast
   * interval. Source: the pricing page of Route 53, as public repositories quote it; checked 2026-11-29.
   */
  healthCheckMonth: 0.5,
  healthCheckElsewhereMonth: 0.75,
  healthCheckOption: 1,
  healthCheckOptionElsewhere: 2,
  /** An alarm of standard resolution, beyond the first 10 of an account. Source: the pricing page of Amazon CloudWatch, as public repositories quote it; checked 2026-11-29. */
  alarmMonth: 0.1,
  freeAlarms: 10,
  /** In use or not: each address of an instance, and one in every zone of a load balancer. */
  publicAddressHour: 0.005,
  /** gp3, with its first 3,000 IOPS and 125 MB/s. Source: the pricing page of Amazon EBS, as public repositories quote it; checked 2026-11-29. */
  diskGigabyteMonth: 0.08,
  /** Of an account and month, for nothing. */
  freeCdnTerabytes: 1,
  freeCdnRequests: 10_000_000,
  /** Beyond that, by where the viewers are: no other region of CloudFront is cheaper. */
  cdnGigabyte: 0.085,
  cdnTenThousandRequests: 0.01,
  /** Of S3 Standard, the requests of CloudFront; what they transfer costs nothing. Source: the pricing page of Amazon S3; checked 2026-11-30. */
  objectTenThousandReads: 0.004,
  /** Of CloudFront functions, of an account and month. Source: the pricing page of Amazon CloudFront, as public repositories quote it; checked 2026-11-30. */
  freeFunctionRuns: 2_000_000,
  functionMillionRuns: 0.1,
  /** A public certificate that stays inside AWS. */
  certificate: 0,
  /**
   * A name of a certificate that may be exported, when ACM issues it and at each renewal. Source: the pricing page of ACM, as public
   * repositories quote it; checked 2026-11-29.
   */
  exportableName: 7,
} as const;

/** On demand, Linux. Source: the pricing page of Amazon EC2, as public repositories quote it; checked 2026-11-29. */
export const INSTANCE_HOURS: Readonly<Record<string, number>> = {
  't4g.nano': 0.0042,
  't4g.micro': 0.0084,
  't4g.small': 0.0168,
  't4g.medium': 0.0336,
  't4g.large': 0.0672,
  't3.nano': 0.0052,
  't3.micro': 0.0104,
  't3.small': 0.0208,
  't3.medium': 0.0416,
  't3.large': 0.0832,
};

/** Hours that AWS's own calculator takes for a month. */
export const HOURS_A_MONTH = 730;

/** What an Elastic IP costs a month, in use or not: "3.65 USD". */
export const ADDRESS_MONTHLY = `${(PRICES.publicAddressHour * HOURS_A_MONTH).toFixed(2)} ${PRICES.currency}`;
