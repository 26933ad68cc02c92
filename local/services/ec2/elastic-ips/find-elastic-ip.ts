import { AwsError } from '../../../wire/service.ts';
import { find } from '../ids.ts';
import type { Region } from '../region.ts';
import type { ElasticIp } from './elastic-ip.ts';

/** The Elastic IP that a request names by allocation or by address. */
export function findElasticIp(
  { elasticIps }: Region,
  { AllocationId, PublicIp }: { AllocationId?: string | undefined; PublicIp?: string | undefined },
): ElasticIp {
  if (AllocationId !== undefined) return find(elasticIps, 'address', AllocationId);
  if (PublicIp === undefined) {
    throw new AwsError('MissingParameter', 'Either public IP or allocation id must be specified');
  }
  const elasticIp = [...elasticIps.values()].find(({ publicIp }) => publicIp === PublicIp);
  if (elasticIp) return elasticIp;
  throw new AwsError('InvalidAddress.NotFound', `Address '${PublicIp}' not found.`);
}
