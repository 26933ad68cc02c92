import type { CloudFront } from '../cloudfront.ts';
import { invalidIfMatch, noSuchDistribution, preconditionFailed } from '../errors.ts';
import type { Distribution } from './distribution.ts';

/** The distribution of that id. Throws NoSuchDistribution. */
export function findDistribution({ distributions }: CloudFront, id: string | undefined): Distribution {
  const found = distributions.get(id ?? '');
  if (!found) throw noSuchDistribution();
  return found;
}

/** Throws unless the caller has read the newest configuration. */
export function checkIfMatch({ etag }: Distribution, ifMatch: string | undefined): void {
  if (!ifMatch || !/^E[A-Z0-9]{8,20}$/.test(ifMatch)) throw invalidIfMatch();
  if (ifMatch !== etag) throw preconditionFailed();
}
