import { readShareLimits } from '../../../aws/environment.ts';
import { fits } from '../../../aws/ledger/item-size.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { readTenantShare, type TenantShareItem, writeTenantShare } from '../../../aws/ledger/tenant-share.ts';
import { Slots } from '../../../aws/slots.ts';
import { Failure } from '../../../domain/errors.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { Limits } from '../../../domain/preflight/limits.ts';
import { howToTakeBack } from '../../../domain/sites/life/advice.ts';
import { isDeclared } from '../../../domain/sites/life/states.ts';
import type { Site } from '../../../domain/sites/site.ts';
import {
  distinct,
  quotasOf,
  type Reached,
  reachedLimits,
  type SharedQuota,
  type SiteShare,
  type Take,
  type TenantShare,
  takesOf,
  whyReached,
  without,
} from '../../../domain/tenants/share.ts';
import { Refusal } from '../api/api.ts';

/** An entry younger than this may be of a request that is about to write its site. */
const ABOUT_TO_WRITE_MS = 60_000;

/** How often the share is written again because another request has changed it meanwhile. */
const MOST_TRIES = 5;

/** Sites that are read at once when a limit is reached. */
const AT_ONCE = 20;

/** How soon a caller may try again: operations end by minutes. */
const RETRY_AFTER_SECONDS = 60;

interface Taking {
  /** What stands there; undefined for a site that is not declared. */
  over: SiteItem | undefined;
  makesZone: boolean;
  /** What AWS lets the account have of at least these quotas, as far as it says. */
  granted: (quotas: readonly SharedQuota[]) => Promise<Limits['account']>;
  now: Date;
}

/**
 * Counts the operation that is about to begin, and what its site takes of the account, against the share of its tenant. One
 * conditional write: of two requests at once, one counts the other. An entry counts for as long as its site says so, which is
 * read once a limit is reached; so nothing is to be given back however an operation ends. The account's own sites are not
 * counted.
 *
 * @throws {Refusal} "tenant-operations" or "tenant-share"
 */
export async function takeShare(ledger: Ledger, site: Site, taking: Taking): Promise<void> {
  const { tenant, domain } = site;
  if (tenant === undefined) return;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { seen, sites, reached } = await shareWith(ledger, { ...site, tenant }, taking);
    if (reached.length > 0) throw refusalOf(domain, reached);
    if (!fits(sites)) throw tooMany(domain);
    if (await writeTenantShare(ledger, tenant, { over: seen, sites })) return;
  }
  throw new Failure('Throttled', `Cannot count the operation of "${domain}": other requests of its tenant are counted`);
}

/** The limits that the site would exceed, for a plan: nothing is counted. */
export async function limitsReached(ledger: Ledger, site: Site, taking: Taking): Promise<Reached[]> {
  const { tenant } = site;
  return tenant === undefined ? [] : (await shareWith(ledger, { ...site, tenant }, taking)).reached;
}

async function shareWith(
  ledger: Ledger,
  site: Site & { tenant: string },
  { over, makesZone, granted, now }: Taking,
): Promise<{ seen: TenantShareItem; sites: TenantShare; reached: Reached[] }> {
  const { tenant, domain } = site;
  const limits = readShareLimits();
  const seen = await readTenantShare(ledger, tenant);
  const had = seen.sites[domain]?.takes ?? takesBefore(over);
  const takes = distinct([...had, ...takesOf(site, { makesZone })]);
  const account = await granted(quotasOf(without(takes, had)));
  const mine = { [domain]: { at: now.toISOString(), open: true, takes } };
  const reachedBy = (sites: TenantShare) => reachedLimits(sites, { domain, had, limits, account });
  const sites: TenantShare = { ...seen.sites, ...mine };
  if (reachedBy(sites).length === 0 && fits(sites)) return { seen, sites, reached: [] };
  const current = { ...(await upToDate(ledger, seen.sites, { tenant, now })), ...mine };
  return { seen, sites: current, reached: reachedBy(current) };
}

function takesBefore(over: SiteItem | undefined): Take[] {
  if (!isDeclared(over)) return [];
  return [over.site, ...(over.live ? [over.live] : [])].flatMap((site) => takesOf(site, { makesZone: false }));
}

/** The share by what the sites are now: those that are gone, or take nothing and have nothing open, are left out. */
async function upToDate(
  ledger: Ledger,
  sites: TenantShare,
  { tenant, now }: { tenant: string; now: Date },
): Promise<TenantShare> {
  const slots = new Slots(AT_ONCE);
  const entries = await Promise.all(
    Object.entries(sites).map(async ([domain, entry]) => {
      const item = await slots.run(() => readSiteItem(ledger, domain));
      const shown = shareNow(entry, { item, tenant, now });
      return shown && ([domain, shown] as const);
    }),
  );
  return Object.fromEntries(entries.filter((entry) => entry !== undefined));
}

function shareNow(
  entry: SiteShare,
  { item, tenant, now }: { item: SiteItem | undefined; tenant: string; now: Date },
): SiteShare | undefined {
  // The request that counted it has not written its site yet, or has died before.
  const awaited = !item || item.updatedAt < entry.at;
  if (awaited && now.getTime() - Date.parse(entry.at) < ABOUT_TO_WRITE_MS) return entry;
  if (!isDeclared(item) || item.site.tenant !== tenant) return undefined;
  const open = item.operation !== undefined;
  const zone = entry.takes.filter((take) => take === 'zones');
  const takes = distinct([...takesBefore(item), ...zone]);
  return open || takes.length > 0 ? { ...entry, open, takes } : undefined;
}

/** Some 3,000: the sites of a tenant share one item. */
function tooMany(domain: string): Refusal {
  const detail = `Cannot begin with "${domain}": the tenant has more sites than can be counted. Take back those that are not needed (${howToTakeBack()}), or declare it for another tenant`;
  return new Refusal('tenant-share', detail);
}

function refusalOf(domain: string, reached: readonly Reached[]): Refusal {
  const errors = reached.map((limit) => ({ pointer: '#/tenant', detail: whyReached(limit) }));
  const detail = `Cannot begin with "${domain}": ${errors.map((error) => error.detail).join('. ')}`;
  if (!reached.some(({ limited }) => limited === 'operations')) return new Refusal('tenant-share', detail, { errors });
  const headers = { 'retry-after': String(RETRY_AFTER_SECONDS) };
  return new Refusal('tenant-operations', detail, { errors, headers });
}
