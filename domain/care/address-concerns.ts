import { finding } from '../doctor/finding.ts';
import { RESTORE_ADVICE } from '../plans/restore-advice.ts';
import { ADDRESS_MONTHLY } from '../preflight/prices.ts';
import type { ElasticAddress } from '../servers/elastic-address.ts';
import { type Concern, concern } from './concern.ts';

/** An Elastic IP of a site, and the state of the instance that has it, where one does: "running", "stopped". */
export interface AddressSeen extends Pick<ElasticAddress, 'allocationId' | 'address' | 'instanceId' | 'associationId'> {
  state?: string | undefined;
}

/** A server that was stopped stays so until someone starts it. */
const RESTING: readonly string[] = ['stopping', 'stopped'];

/** The addresses of a site that are paid for and lead nowhere. One look is not enough: a server that is restarted rests for a minute. */
export function addressConcerns(
  seen: readonly AddressSeen[],
  { domain, area, isUsed }: { domain: string; area: string; isUsed: boolean },
): Concern[] {
  return seen.flatMap(({ allocationId, address, instanceId, associationId, state }) => {
    const rests = state !== undefined && RESTING.includes(state);
    if (associationId !== undefined && !rests) return [];
    const where = rests ? `to the instance "${instanceId}", which is ${state}` : 'to no instance';
    const message = `The Elastic IP ${address} of "${domain}" leads ${where}, and costs ${ADDRESS_MONTHLY} a month all the same`;
    const release = `release it (aws ec2 release-address --allocation-id ${allocationId}) once no record leads to it`;
    const start = `Start it (where Nameplate created it, Nameplate starts it too). Where it is to rest for good, declare another origin or delete the site, which releases the address`;
    const fix = rests
      ? start
      : isUsed
        ? `${RESTORE_ADVICE}: the server gets the address back`
        : `Keep it, or ${release}`;
    return [concern(finding('addressIdle', { message, fix }), { subject: address, area, isCertain: false })];
  });
}
