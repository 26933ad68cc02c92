import type { OriginRequestPolicyHeadersConfig } from '@aws-sdk/client-cloudfront';
import type { ManagedOriginRequestPolicy } from './origin-request-policies.ts';
import type { Sent } from './sent.ts';

/** The names of a list, under the member that has it; nothing for all and none. */
export const shownNames = (member: string, sent: Sent): object =>
  'names' in sent ? { [member]: { Quantity: sent.names.length, Items: [...sent.names] } } : {};

/** How the API names what an origin request policy sends of the headers. */
export function shownHeaders({ headers, aboutViewer }: ManagedOriginRequestPolicy): OriginRequestPolicyHeadersConfig {
  const behaviors = { none: 'none', some: 'whitelist', allExcept: 'allExcept', all: 'allViewer' } as const;
  if (headers.which === 'all' && aboutViewer) return { HeaderBehavior: 'allViewerAndWhitelistCloudFront' };
  return { HeaderBehavior: behaviors[headers.which], ...shownNames('Headers', headers) };
}
