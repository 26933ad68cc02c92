import { isInSmallInternet } from '../../../aws/environment.ts';
import { isPublicAddress } from '../../../aws/probes/public-address.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
import type { Site } from '../../../domain/sites/site.ts';

/** Why no viewer can come to the address of a server. */
export function serverProblem(site: Pick<Site, 'origin'>): FieldError | undefined {
  const { address, pointer } = originOf(site);
  const hidden = address?.values?.find((each) => !isPublicAddress(each, { documentation: isInSmallInternet() }));
  if (hidden === undefined) return undefined;
  const detail = `Cannot lead viewers to "${hidden}": it is a private or special address, which the internet does not reach; give the public address of the server, or a name that leads to it`;
  return { pointer: `${pointer}/address`, detail };
}
