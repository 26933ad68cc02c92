import { elasticIp } from '../../resources/elastic-ip/elastic-ip.ts';
import { releaseAddress } from '../../resources/elastic-ip/release.ts';
import { reserveAddress } from '../../resources/elastic-ip/reserve.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

/** Gives the instance of a site an address that stays, and releases those that no name of the site leads to any more. */
export const handler = byPhase({
  prepare: preparing('ReserveAddress', elasticIp, reserveAddress),
  release: releasing('ReleaseAddress', { resource: elasticIp, applying: releaseAddress, after: 'ReserveAddress' }),
});
