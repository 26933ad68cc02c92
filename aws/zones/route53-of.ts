import { Route53Client } from '@aws-sdk/client-route-53';
import { roleOf, type SiteDns } from '../../domain/sites/dns.ts';
import { assumeRole, type Caller } from '../accounts/assume-role.ts';
import { client } from '../clients.ts';
import type { Clients } from '../one-look.ts';

/** Route 53 as it is to be asked for a site: as ourselves, or in the role of the account that has the zone. */
export function route53Of({ dns }: { dns?: SiteDns }, who: Caller, clients: Clients = client): Route53Client {
  const role = roleOf({ dns });
  if (!role) return clients(Route53Client);
  const credentials = () => assumeRole(role, who);
  return clients(Route53Client, { credentials: { as: `${role.role} ${role.externalId}`, provider: credentials } });
}
