import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Send } from '../api.ts';
import { Sha256 } from './sha256.ts';

/** Sends requests to an API with IAM authorization, each signed by AWS Signature Version 4 for "execute-api". */
export function signing(
  url: string,
  { region, credentials }: { region: string; credentials: AwsCredentialIdentityProvider },
): Send {
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  return async (path, { method = 'GET', headers = {}, body, signal } = {}) => {
    const target = new URL(path, url);
    const signed = await signer.sign({
      method,
      protocol: target.protocol,
      hostname: target.hostname,
      path: target.pathname,
      query: Object.fromEntries(target.searchParams),
      headers: { host: target.host, ...(headers as Record<string, string>) },
      ...(body != null && { body }),
    });
    const init = { method, headers: signed.headers, ...(body != null && { body }), ...(signal && { signal }) };
    // The API redirects nowhere, and a session token must not follow.
    return fetch(target, { ...init, redirect: 'error' });
  };
}
