/** Where a part of the way of a request ends that is asked by itself. */
export const LEGS = ['dns', 'edge', 'balancer', 'origin', 'page'] as const;

/** What was asked where a leg ends, and what it answered. */
export interface LegProbe {
  leg: (typeof LEGS)[number];
  /** "https://shop.example.com/ at 203.0.113.2" */
  asked: string;
  /** "200; certificate until 2027-06-18" */
  found: string;
  isWell: boolean;
}

/** The last look at a live site: what it has seen of each leg, well or not. */
export interface LookItem {
  /** When the site was declared: what was seen of a site that is gone is not of the next one of its name. */
  siteCreatedAt: string;
  /** ISO 8601 in UTC. */
  at: string;
  probes: LegProbe[];
}
