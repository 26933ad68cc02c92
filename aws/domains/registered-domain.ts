import {
  GetDomainDetailCommand,
  GetOperationDetailCommand,
  Route53DomainsClient,
  UpdateDomainNameserversCommand,
} from '@aws-sdk/client-route-53-domains';
import type { DomainOperation, RegisteredDomain } from '../../domain/zones/registered-domain.ts';
import { isCode } from '../error-code.ts';
import { nameServersOf } from '../zones/read-zone.ts';
import { inDnsAccount } from '../zones/route53-of.ts';

/** The one Region that has an endpoint. Source: AWS General Reference, "Route 53 endpoints and quotas", checked 2026-11-30. */
const REGION = 'us-east-1';

/** Route 53 Domains in the account that keeps the records of a site. */
export function domainsOf(asked: Omit<Parameters<typeof inDnsAccount>[1], 'region'>): Route53DomainsClient {
  return inDnsAccount(Route53DomainsClient, { ...asked, region: REGION });
}

/** A domain that the account has registered with Route 53; undefined where it has not, or may not tell. */
export async function readRegisteredDomain(
  domains: Route53DomainsClient,
  name: string,
): Promise<RegisteredDomain | undefined> {
  try {
    const detail = await domains.send(new GetDomainDetailCommand({ DomainName: name }));
    const { Nameservers = [], DnssecKeys = [], StatusList = [], ExpirationDate, AutoRenew = false } = detail;
    return {
      nameServers: nameServersOf(Nameservers.map(({ Name = '' }) => Name)),
      signed: DnssecKeys.length > 0,
      statuses: StatusList,
      autoRenew: AutoRenew,
      ...(ExpirationDate && { expiresAt: ExpirationDate.toISOString() }),
    };
  } catch (error) {
    // A role of another account may have been given Route 53 alone.
    if (isCode(error, 'InvalidInput', 'UnsupportedTLD', 'AccessDenied')) return undefined;
    throw error;
  }
}

/**
 * Begins to replace all name servers of a domain; the registry takes minutes.
 *
 * @returns the id of the operation
 */
export async function updateNameServers(
  domains: Route53DomainsClient,
  { name, nameServers }: { name: string; nameServers: readonly string[] },
): Promise<string> {
  const Nameservers = nameServers.map((Name) => ({ Name }));
  const command = new UpdateDomainNameserversCommand({ DomainName: name, Nameservers });
  const { OperationId = '' } = await domains.send(command);
  return OperationId;
}

/** How far an operation is; undefined where Route 53 Domains no longer tells. */
export async function readDomainOperation(
  domains: Route53DomainsClient,
  id: string,
): Promise<DomainOperation | undefined> {
  try {
    const detail = await domains.send(new GetOperationDetailCommand({ OperationId: id }));
    const { Status = '', Message = '', StatusFlag } = detail;
    return { id, status: Status, message: Message, ...(StatusFlag && { flag: StatusFlag }) };
  } catch (error) {
    if (isCode(error, 'InvalidInput')) return undefined;
    throw error;
  }
}
