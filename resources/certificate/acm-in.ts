import { ACMClient } from '@aws-sdk/client-acm';
import type { Environment } from '../../aws/environment.ts';
import type { Clients } from '../../aws/one-look.ts';
import type { CertificatePlace } from '../../domain/certificates/place.ts';

/** ACM where a certificate is: the function's own client there, so that what is asked twice is asked once. */
export function acmIn(
  { region }: Pick<CertificatePlace, 'region'>,
  { clients, environment }: { clients: Clients; environment: Pick<Environment, 'region'> },
): ACMClient {
  return region === undefined || region === environment.region ? clients(ACMClient) : clients(ACMClient, { region });
}
