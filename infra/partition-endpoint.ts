/** What an SDK client asks its endpoint resolver by. */
interface EndpointParams {
  /** From `AWS_ENDPOINT_URL` or its sisters. */
  Endpoint?: string;
  Region?: string;
  UseFIPS?: boolean;
  UseDualStack?: boolean;
}

/** What a client's own rules say of a region of the partition "aws", with "*" for the region. */
export interface EndpointTemplate {
  url: string;
  properties: Record<string, unknown>;
}

interface ResolvedEndpoint {
  url: URL;
  properties: Record<string, unknown>;
  headers: Record<string, string[]>;
}

/**
 * The endpoint of a service in the partition "aws", as the service's own rules resolve it.
 *
 * @throws {Error} for FIPS and dual-stack endpoints, which no function is deployed with
 */
export function partitionEndpoint(
  { url, properties }: EndpointTemplate,
  { Endpoint, Region, UseFIPS, UseDualStack }: EndpointParams,
): ResolvedEndpoint {
  if (UseFIPS || UseDualStack) {
    throw new Error(
      'Cannot use FIPS or dual-stack endpoints: unset AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT',
    );
  }
  if (Endpoint) return { url: new URL(Endpoint), properties: {}, headers: {} };
  if (!Region) throw new Error('Invalid Configuration: Missing Region');
  return { url: new URL(url.replace('*', Region)), properties, headers: {} };
}
