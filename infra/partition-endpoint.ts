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

/** A bucket that has a name of its own in DNS and in the certificate of S3: none with a dot, no access point, no directory bucket. */
const PLAIN_BUCKET = /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/**
 * The endpoint of a bucket: its own name in the partition "aws", or its path below an endpoint of the environment, whose host need be no
 * domain.
 *
 * @throws {Error} for a bucket that S3 asks in another way, and for a call about none
 */
export function bucketEndpoint(
  template: EndpointTemplate,
  { Bucket = '', ...params }: EndpointParams & { Bucket?: string },
): ResolvedEndpoint {
  if (!PLAIN_BUCKET.test(Bucket)) {
    throw new Error(`Cannot ask S3 for "${Bucket}": it is no general purpose bucket with a name without dots`);
  }
  const { url, ...resolved } = partitionEndpoint(
    { ...template, url: template.url.replace('{bucket}', Bucket) },
    params,
  );
  if (params.Endpoint) url.pathname = `${url.pathname.replace(/\/$/, '')}/${Bucket}`;
  const properties = inRegion(template.properties, params.Region ?? '');
  return { ...resolved, url, properties };
}

/** The region is in what the bucket is asked with as well. */
function inRegion(properties: Record<string, unknown>, region: string): Record<string, unknown> {
  return JSON.parse(JSON.stringify(properties).replaceAll('"*"', JSON.stringify(region))) as Record<string, unknown>;
}
