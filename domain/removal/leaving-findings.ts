import type { Change } from '../changes/change.ts';
import type { Made } from '../ledger/made.ts';
import type { PreflightFinding } from '../preflight/finding.ts';
import { ADDRESS_MONTHLY } from '../preflight/prices.ts';
import type { InsistingName } from '../probes/max-age.ts';
import { stillDelegated } from '../zones/removal.ts';

/** A zone of the site, and what its parent says. */
interface DelegatedZone {
  zone: string;
  nameServers: readonly string[];
  delegatedTo: { parent: string; nameServers: readonly string[] };
}

/** What a person who removes a site should know of what outlives it. */
export function leavingFindings({
  changes,
  zones,
  insists,
  addresses,
  deletesZone,
  keepsPage,
}: {
  changes: readonly Change[];
  zones: readonly DelegatedZone[];
  insists: readonly InsistingName[];
  /** The Elastic IP addresses of the site, as the ledger has them, its own and that of its instance: those that there are. */
  addresses: readonly Pick<Made, 'id' | 'address' | 'lost'>[];
  deletesZone: boolean;
  /** Whether viewers are led to the maintenance page, by records that are kept. */
  keepsPage: boolean;
}): PreflightFinding[] {
  return [
    ...insists.map(insistsOnHttps),
    ...(deletesZone ? zones.filter((zone) => stillDelegated(zone).length > 0).map(zoneDelegated) : []),
    ...(keepsPage ? [PAGE_KEPT] : []),
    ...addresses.flatMap((address) => {
      const verb = changes.find(({ resource }) => resource.id === address.id)?.verb;
      // Passed on to a site that goes on using it.
      if (verb === 'update') return [];
      return verb === 'delete' ? addressReleased(address) : addressLeft(address);
    }),
  ];
}

const PAGE_KEPT: PreflightFinding = {
  severity: 'warning',
  check: 'maintenanceKept',
  message:
    'The maintenance page is on, and the records that lead viewers to it are kept: they see it for as long as you leave the records so. End the maintenance first',
};

const DAY_SECONDS = 86_400;

function insistsOnHttps({ name, seconds }: InsistingName): PreflightFinding {
  const days = Math.max(1, Math.round(seconds / DAY_SECONDS));
  const message = `"${name}" sent Strict-Transport-Security when the site was last verified: browsers that have seen it insist on HTTPS for ${days} ${days === 1 ? 'day' : 'days'} more, whatever "${name}" leads to by then. If nothing is to serve HTTPS there, have the site send "max-age=0" for as long before you delete it`;
  return { severity: 'warning', check: 'hstsRemembered', message, name };
}

/** Failures R16: whoever gets a zone on those name servers has the name. */
function zoneDelegated(delegated: DelegatedZone): PreflightFinding {
  const { zone, delegatedTo } = delegated;
  const servers = stillDelegated(delegated).join(', ');
  const message = `"${delegatedTo.parent}" delegates "${zone}" to the hosted zone of the site (${servers}): the zone stays. Remove the NS records there, wait until their TTL is over, then delete the site with "deleteZone": true again`;
  return { severity: 'warning', check: 'zoneStillDelegated', message, name: zone };
}

function addressReleased({ address = '', lost }: Pick<Made, 'address' | 'lost'>): PreflightFinding {
  const before =
    lost === undefined ? '' : `, and ${lost}, which the instance had before it, cannot be had again either`;
  const message = `The Elastic IP ${address} is released: EC2 may give it to another account at once${before}. Take it out of firewalls and records elsewhere that allow it or lead to it`;
  return { severity: 'warning', check: 'addressReleased', message };
}

function addressLeft({ id, address = '' }: Pick<Made, 'id' | 'address'>): PreflightFinding {
  const message = `The Elastic IP ${address} stays, and costs ${ADDRESS_MONTHLY} a month whether anything uses it or not. Once nothing leads to it, release it: aws ec2 release-address --allocation-id ${id}`;
  return { severity: 'info', check: 'addressLeft', message };
}
