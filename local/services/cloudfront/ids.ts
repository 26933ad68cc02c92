import type { Draws } from '../../draws/draws.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** "E2QWRUHAPOMQZL": what distributions and the versions of their configurations are called. */
export const newId = (draws: Draws): string => `E${characters(draws, 'cloudfront:id', 13)}`;

/** "I1JLWSDAP8FU89" */
export const newInvalidationId = (draws: Draws): string => `I${characters(draws, 'cloudfront:invalidation-id', 13)}`;

/** "E56MAGA5Q9K1D": a version, for If-Match. */
export const newEtag = (draws: Draws): string => `E${characters(draws, 'cloudfront:etag', 12)}`;

/** "d111111abcdef8.cloudfront.net" */
export const newDomainName = (draws: Draws): string =>
  `d${characters(draws, 'cloudfront:domain-name', 13).toLowerCase()}.cloudfront.net`;

/** "b689b0a8-53d0-40ab-baf2-68738e2966ac": what policies are called. */
export const newPolicyId = (draws: Draws): string => {
  const hex = draws.hex('cloudfront:policy-id', 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** 54 characters and "==": the id of a request, in X-Amz-Cf-Id and on error pages. */
export const newRequestId = (draws: Draws): string => {
  const bytes = Buffer.from(draws.hex('cloudfront:request-id', 80), 'hex');
  return `${bytes.toString('base64url').slice(0, 54)}==`;
};

const characters = (draws: Draws, what: string, length: number): string =>
  Array.from({ length }, () => ALPHABET[Math.floor(draws.fraction(what) * ALPHABET.length)]).join('');
