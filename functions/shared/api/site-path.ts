import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { lookupName } from '../../../domain/names/lookup-name.ts';
import { quoted } from '../../../domain/names/name-problem.ts';
import { Refusal } from './api.ts';

/** The domain in the path of a request, in any spelling: `domain` is empty when it can be no site's. */
export function domainOf(event: APIGatewayProxyEventV2): { domain: string; given: string } {
  const given = decoded(event.pathParameters?.['domain'] ?? '');
  return { domain: lookupName(given), given };
}

/** The refusal of a domain that no site has, or none of the tenant that the request is about: the words are the same. */
export function siteNotFound(given: string, { tenant }: { tenant?: string | undefined } = {}): Refusal {
  const whose = tenant === undefined ? '' : ` of the tenant ${quoted(tenant)}`;
  return new Refusal(
    'site-not-found',
    `Cannot find the site ${quoted(given)}${whose}: declare it, unless another site has the name: the refusal says so`,
  );
}

/** API Gateway hands on the path as it came. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}
