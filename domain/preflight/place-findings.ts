import type { Subnet } from '../servers/instance.ts';
import type { PreflightFinding } from './finding.ts';

/** Where the load balancer stands. Subnets that can't carry it are refused before there is a plan (failures L8). */
export function placeFindings(chosen: readonly string[], known: readonly Subnet[]): PreflightFinding[] {
  const zones = chosen.flatMap((id) => known.find((subnet) => subnet.id === id)?.zone ?? []);
  if (zones.length === 0) return [];
  const message = `The load balancer stands in ${zones.join(' and ')}, in the public subnets ${chosen.join(', ')}`;
  return [{ severity: 'info', check: 'subnetsInTwoZones', message }];
}
