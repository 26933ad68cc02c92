import { createHash, timingSafeEqual } from 'node:crypto';
import type { Host } from '../host.ts';
import type { Credential } from './credential.ts';
import type { Permissions } from './permissions.ts';
import type { WireRequest } from './protocol.ts';
import { AwsError, type Principal, type Protocol, type Service } from './service.ts';
import { signatureOf, signedAt } from './sigv4.ts';

/**
 * The principal that sent a request. Keys that were issued for a role's session have their signature verified. Every
 * other key, and no signature at all, is the account's administrator: that is the person at this machine, whose AWS
 * profile may hold any key. The number of another account as the key is the administrator of that one.
 *
 * The age of a signature is not judged: AWS time may be months ahead of the clocks that callers sign by.
 */
export function authenticate(
  request: WireRequest,
  {
    credential,
    permissions,
    host,
    now,
    service,
  }: {
    credential: Credential | undefined;
    permissions: Permissions | undefined;
    host: Pick<Host, 'account' | 'otherAccounts'>;
    now: Date;
    service: Service;
  },
): Principal {
  if (service.protocol === 's3') checkPayload(request);
  const session = credential && permissions?.session(credential.accessKeyId);
  if (!credential || !session) return { arn: `arn:aws:iam::${administered(credential, host)}:root` };
  if (credential.sessionToken !== session.sessionToken) throw unknownToken(service.protocol);
  const expected = signatureOf(request, credential, session.secretAccessKey);
  if (!signedAt(request).startsWith(credential.date) || !same(expected, credential.signature)) {
    throw wrongSignature(service.protocol);
  }
  if (session.expiresAt && session.expiresAt <= now) throw expiredToken(service.protocol);
  return session.principal;
}

/** The hash that S3's clients send is their word for the body, whoever they are; the body itself is held to it. */
function checkPayload({ headers, body, packed }: WireRequest): void {
  const given = [headers['x-amz-content-sha256']].flat()[0] ?? '';
  if (given === '' || /^(UNSIGNED-PAYLOAD|STREAMING-.+)$/.test(given)) return;
  if (!/^[0-9a-f]{64}$/i.test(given)) {
    throw new AwsError(
      'InvalidArgument',
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.',
      { status: 400, ArgumentName: 'x-amz-content-sha256', ArgumentValue: given },
    );
  }
  const computed = createHash('sha256')
    .update(packed ?? body)
    .digest('hex');
  if (computed === given.toLowerCase()) return;
  throw new AwsError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    { ClientComputedContentSHA256: given, S3ComputedContentSHA256: computed },
  );
}

/** A key that is the number of another account is that one's administrator. */
function administered(
  credential: Credential | undefined,
  { account, otherAccounts = [] }: Pick<Host, 'account' | 'otherAccounts'>,
): string {
  return otherAccounts.find((number) => number === credential?.accessKeyId) ?? account;
}

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function unknownToken(protocol: Protocol): AwsError {
  const message = 'The security token included in the request is invalid.';
  if (protocol === 'ec2Query') return authFailure();
  if (isXml(protocol)) return new AwsError('InvalidClientTokenId', message, { status: 403 });
  return new AwsError('UnrecognizedClientException', message, { status: protocol === 'restJson1' ? 403 : 400 });
}

function expiredToken(protocol: Protocol): AwsError {
  const message = 'The security token included in the request is expired';
  if (protocol === 'ec2Query') return new AwsError('RequestExpired', 'Request has expired.', { status: 400 });
  if (isXml(protocol)) return new AwsError('ExpiredToken', message, { status: 403 });
  return new AwsError('ExpiredTokenException', message, { status: protocol === 'restJson1' ? 403 : 400 });
}

function wrongSignature(protocol: Protocol): AwsError {
  const message =
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
    'and signing method. Consult the service documentation for details.';
  if (protocol === 'ec2Query') return authFailure();
  if (isXml(protocol)) return new AwsError('SignatureDoesNotMatch', message, { status: 403 });
  return new AwsError('InvalidSignatureException', message, { status: protocol === 'restJson1' ? 403 : 400 });
}

const isXml = (protocol: Protocol): boolean => ['awsQuery', 'restXml', 's3'].includes(protocol);

const authFailure = (): AwsError =>
  new AwsError('AuthFailure', 'AWS was not able to validate the provided access credentials', { status: 401 });
