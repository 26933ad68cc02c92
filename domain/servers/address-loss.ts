import type { PreflightFinding } from '../preflight/finding.ts';

/**
 * The public IPv4 address that AWS assigned to an instance by itself. It is released for good as soon as an Elastic IP is
 * associated, and another customer may be assigned it. Source: EC2 User Guide, "Instance IP addressing", checked 2026-11-29.
 */
export interface AddressLoss {
  instanceId: string;
  address: string;
  /** What leads to it today, in words: "shop.example.test A 203.0.113.4 in the hosted zone "example.test" (Z1)". */
  records: string[];
}

/** One sentence about what is lost, and what leads there. */
export function lossInWords({ instanceId, address, records }: AddressLoss): string {
  const released = `AWS releases the auto-assigned public address ${address} of the instance "${instanceId}" for good when the Elastic IP is associated, and no undo brings it back`;
  return records.length === 0 ? released : `${released}. It is where these lead: ${records.join('; ')}`;
}

/** One line for people, and what an approval is compared by. */
export function lossLine(loss: AddressLoss): string {
  return `Lose ${loss.address}: ${lossInWords(loss)}`;
}

/** What a plan says of it. */
export function lossFindings(loss: AddressLoss | undefined): PreflightFinding[] {
  if (!loss) return [];
  const fix =
    loss.records.length === 0
      ? 'Whatever else uses the address, in a firewall or another DNS, has to be given the new one'
      : 'Point them at the new address once it is associated, or at a name of the site beforehand';
  return [{ severity: 'warning', check: 'publicAddressIsLost', message: `${lossInWords(loss)}. ${fix}` }];
}
