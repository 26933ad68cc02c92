import { GetHostedZoneCommand, type Route53Client } from '@aws-sdk/client-route-53';
import { type ListedZone, listed } from './list-zones.ts';

export interface HostedZone extends ListedZone {
  /** As a registrar wants them: lower case, without trailing dots. */
  nameServers: string[];
  callerReference: string;
}

/** A hosted zone with the name servers that answer for it. */
export async function readZone(route53: Route53Client, id: string): Promise<HostedZone> {
  const { HostedZone, DelegationSet } = await route53.send(new GetHostedZoneCommand({ Id: id }));
  if (!HostedZone) throw new Error(`Cannot read the hosted zone "${id}": the answer is empty`);
  return {
    ...listed(HostedZone),
    nameServers: nameServersOf(DelegationSet?.NameServers),
    callerReference: HostedZone.CallerReference ?? '',
  };
}

export function nameServersOf(told: readonly string[] = []): string[] {
  return told.map((server) => server.replace(/\.$/, '').toLowerCase()).sort();
}
