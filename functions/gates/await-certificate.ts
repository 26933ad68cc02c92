import type { Context } from 'aws-lambda';
import { Resolver } from '../../aws/dns/resolver.ts';
import { HOME } from '../../domain/certificates/place.ts';
import { type CertificateAvailable, certificateAvailable } from '../shared/certificates/certificate-available.ts';
import { leaveToken, type TokenEvent } from '../shared/certificates/leave-token.ts';

/**
 * Both ends of one wait: the workflow leaves its token, ACM's event picks it up. One function, because the one keeps it
 * warm for the other: between ACM's issue and the listener there is no time for a start. The event of a viewer certificate comes here too.
 */
export const awaiting =
  (newResolver: () => Resolver) =>
  (event: TokenEvent | CertificateAvailable, context: Context): Promise<void> =>
    'taskToken' in event ? leaveToken(HOME, newResolver)(event, context) : certificateAvailable(event, context);

export const handler = awaiting(() => new Resolver());
