import { authenticate } from '../../wire/authenticate.ts';
import { credentialOf } from '../../wire/credential.ts';
import type { Permissions } from '../../wire/permissions.ts';
import type { WireRequest } from '../../wire/protocol.ts';
import { AwsError, type Service } from '../../wire/service.ts';
import type { Caller } from './event.ts';
import type { Received } from './received.ts';

/**
 * Judges a request to a route with IAM authorization. Throws AwsError when it is refused.
 *
 * A role's signature is verified and the role must be allowed `execute-api:Invoke`. The person at this machine needs
 * none: the listener stands on the loopback and answers no page of another origin.
 */
export function authorize(
  { method, path, query, headers, body }: Received,
  {
    permissions,
    account,
    region,
    now,
    resource,
  }: {
    permissions: Permissions | undefined;
    account: string;
    region: string;
    now: Date;
    /** "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/$default/GET/v1/sites" */
    resource: string;
  },
): Caller | undefined {
  const request: WireRequest = { method, path, query: new URLSearchParams(query), headers, body };
  const credential = credentialOf(request);
  if (!credential) return undefined;
  const forbidden = (): AwsError => new AwsError('ForbiddenException', 'Forbidden', { status: 403 });
  if (credential.service !== 'execute-api') throw forbidden();
  const service = { name: 'execute-api', protocol: 'restJson1' } as Service;
  const principal = authenticate(request, { credential, permissions, host: { account }, now, service });
  const refused = permissions?.refusal({
    principal,
    action: 'execute-api:Invoke',
    resources: [resource],
    conditions: {},
    region,
  });
  if (refused !== undefined) throw forbidden();
  return { accessKey: credential.accessKeyId, accountId: account, userArn: principal.arn };
}
