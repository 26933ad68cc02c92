import type { Route53DomainsClient } from '@aws-sdk/client-route-53-domains';
import { rdapBase, rdapExpiration } from '../../domain/care/rdap.ts';
import type { Registration } from '../../domain/care/registration-concerns.ts';
import { DnsFailure } from '../dns/query.ts';
import type { Resolver } from '../dns/resolver.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readRegistrationItem, writeRegistrationItem } from '../ledger/registrations.ts';
import type { Connect } from '../probes/connect.ts';
import { Unreachable } from '../probes/unreachable.ts';
import { type FetchedJson, fetchJson } from './fetch-json.ts';
import { readRegisteredDomain } from './registered-domain.ts';

/** Which registry answers where. Source: RFC 9224, section 3, checked 2026-11-30. */
const BOOTSTRAP = 'https://data.iana.org/rdap/dns.json';

/** The bootstrap file had 60 kB in November 2026, an answer of a registry has a tenth of it. */
const MOST_BYTES = 512_000;

const DAY_MS = 86_400_000;

/** Long after a site is gone, DynamoDB removes what was told. */
const KEPT_MS = 90 * DAY_MS;

interface Asking {
  ledger: Ledger;
  domains: Route53DomainsClient;
  dns: Resolver;
  connect?: Connect | undefined;
  now: Date;
}

/**
 * When the registration of a domain ends: by Route 53 where the account has it there, otherwise by its registry, where that answers
 * RDAP. Asked once a day for all sites below the domain; who does not answer is asked the next day.
 */
export async function readRegistration(domain: string, asking: Asking): Promise<Registration | undefined> {
  const { ledger, now } = asking;
  const known = await readRegistrationItem(ledger, domain);
  if (known && now.getTime() < Date.parse(known.askAgainAt)) return known.registration;
  const { registration = known?.registration, retryAfterSeconds = 0 } = await ask(domain, asking);
  const wait = Math.max(DAY_MS, retryAfterSeconds * 1000);
  await writeRegistrationItem(ledger, {
    domain,
    askAgainAt: new Date(now.getTime() + wait).toISOString(),
    ...(registration && { registration }),
    expiresAt: Math.floor((now.getTime() + wait + KEPT_MS) / 1000),
  });
  return registration;
}

interface Told {
  registration?: Registration;
  retryAfterSeconds?: number;
}

async function ask(domain: string, asking: Asking): Promise<Told> {
  const registered = await readRegisteredDomain(asking.domains, domain);
  if (registered?.expiresAt !== undefined) {
    const { expiresAt, autoRenew } = registered;
    return { registration: { domain, expiresAt, renewsItself: autoRenew, source: 'Route 53 Domains' } };
  }
  const { dns, connect, now } = asking;
  const get = (url: string) => fetched(url, { dns, connect, now, mostBytes: MOST_BYTES });
  const bootstrap = await get(BOOTSTRAP);
  const base = rdapBase(bootstrap.json, domain);
  if (base === undefined) return waiting(bootstrap);
  const answer = await get(`${base}domain/${domain}`);
  const expiresAt = rdapExpiration(answer.json);
  return expiresAt === undefined ? waiting(answer) : { registration: { domain, expiresAt, source: base } };
}

const waiting = (told: FetchedJson): Told =>
  'retryAfterSeconds' in told && told.retryAfterSeconds !== undefined
    ? { retryAfterSeconds: told.retryAfterSeconds }
    : {};

/** Who can't be reached says nothing: many registries have no RDAP. */
async function fetched(...asked: Parameters<typeof fetchJson>): Promise<FetchedJson> {
  try {
    return await fetchJson(...asked);
  } catch (error) {
    if (error instanceof Unreachable || error instanceof DnsFailure) return {};
    throw error;
  }
}
