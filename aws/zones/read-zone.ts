import { GetHostedZoneCommand, type Route53Client } from '@aws-sdk/client-route-53';
import { listed } from './list-zones.ts';

export interface HostedZone {
  id: string;
  name: string;
  /** As a registrar wants them: lower case, without trailing dots. */
  nameServers: string[];
  callerReference: string;
  /** How many record sets are in it, where AWS tells it. */
  recordCount?: number;
}

/** A hosted zone with the name servers that answer for it. */
export async function readZone(route53: Route53Client, id: string): Promise<HostedZone> {
  const { HostedZone, DelegationSet } = await route53.send(new GetHostedZoneCommand({ Id: id }));
  if (!HostedZone) throw new Error(`Cannot read the hosted zone "${id}": the answer is empty`);
  return {
    ...listed(HostedZone),
    nameServers: nameServersOf(DelegationSet?.NameServers),
    callerReference: HostedZone.CallerReference ?? '',
    ...(HostedZone.ResourceRecordSetCount !== undefined && { recordCount: HostedZone.ResourceRecordSetCount }),
  };
}

export function nameServersOf(told: readonly string[] = []): string[] {
  return told.map((server) => server.replace(/\.$/, '').toLowerCase()).sort();
}
