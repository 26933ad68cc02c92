import { DnsFailure } from '../../aws/dns/query.ts';
import type { Resolver } from '../../aws/dns/resolver.ts';
import type { Environment } from '../../aws/environment.ts';
import type { Clients } from '../../aws/one-look.ts';
import { inWords } from '../../domain/records/record-set.ts';
import type { AddressLoss } from '../../domain/servers/address-loss.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import type { Site } from '../../domain/sites/site.ts';
import { recordsLeadingTo } from '../record/records-leading-to.ts';

interface Looking {
  site: Site;
  instance: Pick<Instance, 'id' | 'publicAddress' | 'hasElasticAddress'>;
  environment: Environment;
  clients: Clients;
  /** For the names of a site whose records another provider keeps; left out where DNS is not asked. */
  dns?: Resolver;
}

/**
 * What an instance without an Elastic IP loses when it is given one, and which records lead there: those of the account's
 * hosted zones, and the site's own names at another provider. Undefined for an instance without a public address.
 */
export async function readAddressLoss({ site, instance, dns, ...looking }: Looking): Promise<AddressLoss | undefined> {
  const { id: instanceId, publicAddress: address, hasElasticAddress } = instance;
  if (address === undefined || hasElasticAddress) return undefined;
  const leads = ({ values }: { values: readonly string[] }) => values.includes(address);
  // Nothing of another account is read before its names are proven.
  const [{ found }, elsewhere] = await Promise.all([
    recordsLeadingTo({ ...site, dns: 'route53' }, { leads, ...looking }),
    dns && isExternal(site) ? namesLeadingTo(dns, site, address) : [],
  ]);
  const inZones = found.map(({ set, zone }) => `${inWords(set)} in the hosted zone "${zone.name}" (${zone.id})`);
  return { instanceId, address, records: [...inZones, ...elsewhere] };
}

async function namesLeadingTo(dns: Resolver, site: Site, address: string): Promise<string[]> {
  const found = await Promise.all(
    namesOf(site).map(async ({ name }) => {
      try {
        return (await dns.addresses(name)).includes(address) ? [`${name} at its DNS provider`] : [];
      } catch (error) {
        // A name that cannot be resolved leads nowhere.
        if (error instanceof DnsFailure) return [];
        throw error;
      }
    }),
  );
  return found.flat();
}
