import { exportableNames } from '../certificates/exportable.ts';
import { type Change, isCreated } from '../changes/change.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { instanceCost } from './instance-cost.ts';
import { HOURS_A_MONTH, PRICES } from './prices.ts';

/** One thing that costs. */
export interface CostLine {
  what: string;
  quantity: number;
  /** For all of them. */
  monthly: number;
  once: number;
}

/** What the changes add to the bill. */
export interface Cost {
  currency: string;
  /** The region whose prices these are. */
  region: string;
  checkedAt: string;
  source: string;
  lines: CostLine[];
  /** Whatever the traffic. */
  monthly: number;
  once: number;
  /** On top for each capacity unit of traffic that is used all month; a quiet site uses a fraction of one. */
  monthlyPerCapacityUnit: number;
}

/** What the things that are to be made cost; what stands already is on the bill already. */
export function cost(changes: readonly Change[], { subnets }: { subnets: number }): Cost {
  const made = (type: ResourceType) => changes.filter((change) => isCreated(change, type)).length;
  const line = (what: string, quantity: number, each: number): CostLine => ({
    what,
    quantity,
    monthly: cents(quantity * each),
    once: 0,
  });
  const names = exportableNames(changes);
  const balancers = made('load balancer');
  const lines = [
    line('hosted zone', made('hosted zone'), PRICES.zoneMonth),
    line('certificate', names > 0 ? 0 : made('certificate'), PRICES.certificate),
    { what: EXPORTABLE, quantity: names, monthly: 0, once: cents(names * PRICES.exportableName) },
    line('viewer certificate', made('viewer certificate'), PRICES.certificate),
    line('load balancer', balancers, PRICES.loadBalancerHour * HOURS_A_MONTH),
    line(
      'public IPv4 address of the load balancer, one a zone',
      balancers * subnets,
      PRICES.publicAddressHour * HOURS_A_MONTH,
    ),
    ...changes.filter((change) => isCreated(change, 'health check')).map(healthCheckLine),
    line(ALARM, made('alarm'), PRICES.alarmMonth),
    line(DISTRIBUTION, made('distribution'), 0),
    line(PAGE, made('page'), 0),
    line(BYPASS, made('bypass'), 0),
    line(ACME, made('domain validation'), 0),
    ...instanceCost(changes),
    line('elastic address', made('elastic address'), PRICES.publicAddressHour * HOURS_A_MONTH),
  ].filter(({ quantity }) => quantity > 0);
  const { currency, region, checkedAt, source } = PRICES;
  return {
    currency,
    region,
    checkedAt,
    source,
    lines,
    monthly: cents(sum(lines.map(({ monthly }) => monthly))),
    once: cents(sum(lines.map(({ once }) => once))),
    monthlyPerCapacityUnit: cents(balancers * PRICES.capacityUnitHour * HOURS_A_MONTH),
  };
}

/** An endpoint is AWS's where the origin is: an instance or a load balancer. Each option has a price of its own. */
function healthCheckLine({ after }: Change): CostLine {
  const { Type, RequestInterval, elsewhere } = after as { Type?: string; RequestInterval?: number; elsewhere?: true };
  const options = [...(Type === 'HTTPS' ? ['HTTPS'] : []), ...(RequestInterval === 10 ? ['every 10 s'] : [])];
  const [each, option] = elsewhere
    ? [PRICES.healthCheckElsewhereMonth, PRICES.healthCheckOptionElsewhere]
    : [PRICES.healthCheckMonth, PRICES.healthCheckOption];
  const where = elsewhere
    ? 'outside AWS'
    : 'in AWS, of which the first 50 of an account cost no more than their options';
  const what = `health check ${where}${options.length > 0 ? `, with ${options.join(' and ')}` : ''}`;
  return { what, quantity: 1, monthly: cents(each + options.length * option), once: 0 };
}

const ALARM = `CloudWatch alarm, of which the first ${PRICES.freeAlarms} of an account cost nothing`;

/** It has no price of its own: its traffic has. */
const DISTRIBUTION = `CloudFront distribution, free up to ${PRICES.freeCdnTerabytes} TB and ${PRICES.freeCdnRequests / 1_000_000} million requests of the account a month; beyond that from ${PRICES.cdnGigabyte} a GB and ${PRICES.cdnTenThousandRequests} per 10,000 HTTPS requests, more outside North America and Europe`;

/** Some kilobytes in S3, and a request of it for each that is answered with it. */
const PAGE = `page of the failover in S3, which is read when viewers are shown it: ${PRICES.objectTenThousandReads} for 10,000 times`;

/** It runs for every request for the page, whoever asks, and for none while viewers see the site behind CloudFront. */
const BYPASS = `CloudFront function of the bypass, which is run for each request while the page is shown: free up to ${PRICES.freeFunctionRuns / 1_000_000} million of the account a month, beyond that ${PRICES.functionMillionRuns} a million`;

/** ACM renews 45 days before the end of 198. */
const EXPORTABLE = `name of a certificate that you may export: ${PRICES.exportableName} when ACM issues it, and again at each renewal, every 153 days or so`;

/** Per name, at each issue: the figures depend on what the account is issued in the month, and are not in this plan. */
const ACME =
  'name that a certificate is issued for by ACME: AWS charges for each name at every issue, which is every 30 days or so, by the tiers at https://aws.amazon.com/certificate-manager/pricing/, not counted here';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const cents = (amount: number): number => Math.round(amount * 100) / 100;
