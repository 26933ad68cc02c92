import { Route53Client } from '@aws-sdk/client-route-53';
import { roleOf, type SiteDns } from '../../domain/sites/dns.ts';
import { externalIdOf, type RoleTaker } from '../../domain/sites/external-id.ts';
import { assumeRole } from '../accounts/assume-role.ts';
import { client } from '../clients.ts';
import type { Clients } from '../one-look.ts';

/** Route 53 as it is to be asked for a site: as ourselves, or in the role of the account that has the zone. */
export function route53Of(site: InAccount, who: RoleTaker, clients: Clients = client): Route53Client {
  return inDnsAccount(Route53Client, { site, who, clients });
}

type InAccount = { dns?: SiteDns; tenant?: string };

/** A client of the account that keeps the records of a site. */
export function inDnsAccount<Client>(
  Type: Parameters<typeof client<Client>>[0],
  { site, who, clients = client, region }: { site: InAccount; who: RoleTaker; clients?: Clients; region?: string },
): Client {
  const where = region === undefined ? {} : { region };
  const role = roleOf(site)?.role;
  if (role === undefined) return clients(Type, where);
  const externalId = externalIdOf(site, who);
  const credentials = () => assumeRole({ role, externalId }, who);
  return clients(Type, { ...where, credentials: { as: `${role} ${externalId}`, provider: credentials } });
}
