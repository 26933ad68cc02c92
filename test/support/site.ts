import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { StepItem } from '../../domain/ledger/step-item.ts';
import type { Cdn } from '../../domain/sites/cdn.ts';
import { DEFAULT_PAGE, type Failover } from '../../domain/sites/failover.ts';
import type { Site } from '../../domain/sites/site.ts';

/** A site as a user would declare it, with every default filled in. */
export function aSite(changes: Partial<Site> = {}): Site {
  return {
    domain: 'shop.example.test',
    aliases: ['www.shop.example.test'],
    origin: { instance: { id: 'i-0123456789abcdef0', port: 80, healthPath: '/' } },
    edge: 'load-balancer',
    http: 'redirect',
    access: ['0.0.0.0/0', '::/0'],
    ...(changes.edge === 'cdn' && { cdn: aCdn(changes.domain) }),
    ...changes,
  };
}

/** How CloudFront is set where a document says nothing about it. */
export function aCdn(domain = 'shop.example.test'): Cdn {
  return {
    originName: `origin.${domain}`,
    host: 'viewer',
    caching: 'CachingDisabled',
    minimumTls: 'TLSv1.2_2021',
    lock: true,
  };
}

/** A failover by DNS where a document says nothing about it. */
export function aFailover(domain = 'shop.example.test'): Failover {
  return {
    originName: `origin.${domain}`,
    check: { path: '/', intervalSeconds: 30, failures: 3 },
    page: DEFAULT_PAGE,
  };
}

/** A site in the ledger, in the middle of its first operation. */
export function aSiteItem({ site = aSite(), ...changes }: Partial<SiteItem> = {}): SiteItem {
  const at = '2026-11-22T12:00:00.000Z';
  return {
    domain: site.domain,
    site,
    state: 'pending',
    revision: 1,
    operation: { name: 'onboard', execution: 'shop_example_test-r1-onboard', startedAt: at },
    createdAt: at,
    updatedAt: at,
    ...changes,
  };
}

/** The site in the ledger without an operation: live, held or failed. */
export function aSettledSiteItem(changes: Partial<SiteItem> = {}): SiteItem {
  const { operation: _, ...item } = aSiteItem({ state: 'live', ...changes });
  return item;
}

/** A step of the first operation that is done. */
export function aStepItem(name: string, changes: Partial<StepItem> = {}): StepItem {
  const at = '2026-11-22T12:00:01.000Z';
  return {
    name,
    revision: 1,
    state: 'done',
    startedAt: at,
    endedAt: at,
    made: [],
    output: {},
    message: 'Done',
    ...changes,
  };
}
