import { GetAccountLimitCommand, GetHostedZoneLimitCommand, type Route53Client } from '@aws-sdk/client-route-53';

/** How many hosted zones the account may have; undefined when AWS doesn't say. */
export async function readZonesLimit(route53: Route53Client): Promise<number | undefined> {
  const { Limit } = await route53.send(new GetAccountLimitCommand({ Type: 'MAX_HOSTED_ZONES_BY_OWNER' }));
  return Limit?.Value;
}

/** How many health checks the account may have; undefined when AWS doesn't say. */
export async function readHealthChecksLimit(route53: Route53Client): Promise<number | undefined> {
  const { Limit } = await route53.send(new GetAccountLimitCommand({ Type: 'MAX_HEALTH_CHECKS_BY_OWNER' }));
  return Limit?.Value;
}

/** How many record sets a zone may hold; undefined when AWS doesn't say. */
export async function readRecordsLimit(route53: Route53Client, zoneId: string): Promise<number | undefined> {
  const asked = new GetHostedZoneLimitCommand({ HostedZoneId: zoneId, Type: 'MAX_RRSETS_BY_ZONE' });
  return (await route53.send(asked)).Limit?.Value;
}
