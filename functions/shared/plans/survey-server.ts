import { isInSmallInternet } from '../../../aws/environment.ts';
import { isPublicAddress } from '../../../aws/probes/public-address.ts';
import { needsResource, recordsOf } from '../../../domain/edges/edge.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
import type { Site } from '../../../domain/sites/site.ts';

/** Why no viewer can come to the address of a server, where a record leads to it. */
export function serverProblem(site: Site): FieldError | undefined {
  const { address, pointer, target } = originOf(site);
  const hidden = address?.values?.find((each) => !isPublicAddress(each, { documentation: isInSmallInternet() }));
  if (hidden === undefined || !recordsOf(site).some(({ to }) => to === 'origin')) return undefined;
  const what = `Cannot lead viewers to "${hidden}": it is a private or special address, which the internet does not reach`;
  // Behind a load balancer only the direct name leads to it.
  if (needsResource(site, 'target')) {
    return { pointer: '#/directName', detail: `${what}; leave the direct name out` };
  }
  const balanced = target ? ', or declare edge "load-balancer", whose VPC reaches it' : '';
  const detail = `${what}; give the public address of the server, or a name that leads to it${balanced}`;
  return { pointer: `${pointer}/address`, detail };
}
