import { Route53Client } from '@aws-sdk/client-route-53';
import { roleOf, type SiteDns } from '../../domain/sites/dns.ts';
import { externalIdOf, type RoleTaker } from '../../domain/sites/external-id.ts';
import { assumeRole } from '../accounts/assume-role.ts';
import { client } from '../clients.ts';
import type { Clients } from '../one-look.ts';

/** Route 53 as it is to be asked for a site: as ourselves, or in the role of the account that has the zone. */
export function route53Of(
  site: { dns?: SiteDns; tenant?: string },
  who: RoleTaker,
  clients: Clients = client,
): Route53Client {
  const role = roleOf(site)?.role;
  if (role === undefined) return clients(Route53Client);
  const externalId = externalIdOf(site, who);
  const credentials = () => assumeRole({ role, externalId }, who);
  return clients(Route53Client, { credentials: { as: `${role} ${externalId}`, provider: credentials } });
}
