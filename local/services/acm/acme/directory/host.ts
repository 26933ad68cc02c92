import type { Acme } from '../acme.ts';

/** Where the ACME endpoints of every Region listen. */
export const ADDRESS = '198.51.100.40';

// Source: ACM User Guide, "Endpoint directory URL"; checked 2026-11-29.
const HOST = /^acm-acme-enroll\.([a-z0-9-]+)\.api\.aws$/;

export const hostOf = (region: string): string => `acm-acme-enroll.${region}.api.aws`;

/** The Region that a host name is of; undefined for another host. */
export const regionOf = (host: string): string | undefined => HOST.exec(host.toLowerCase())?.[1];

/** Enters the name of a Region's endpoints in AWS's own zone; no alias leads to it. */
export function publishHost({ around }: Acme, region: string): void {
  const entry = { zoneId: 'none', a: () => [ADDRESS], aaaa: () => [], healthy: () => true };
  around.awsNames.set(hostOf(region), entry);
}
