import type { Nameserver, StatusFlag } from '@aws-sdk/client-route-53-domains';
import type { Registrar } from '../../dns/registrar.ts';
import type { Host } from '../../host.ts';
import { invalidInput } from './errors.ts';
import type { DomainOperation } from './operations.ts';

/** A domain that the account has registered with Route 53. */
export interface RegisteredDomain {
  name: string;
  createdAt: Date;
  expiresAt: Date;
  autoRenew: boolean;
  nameServers: Nameserver[];
  /** EPP status codes: "clientTransferProhibited". */
  statuses: string[];
  /** Whether keys are associated, so that the registry has a DS record. */
  signed: boolean;
}

/** How a registry takes the changes of a domain; without it they succeed within minutes. */
export interface RegistryConduct {
  /** Why it refuses them: the operation ends FAILED, and the name servers stay as they are. */
  refuses?: string;
  takesSeconds?: number;
  /** What they wait for meanwhile. */
  flag?: StatusFlag;
}

/** The registrar's books: the domains of the account, and what is being done to them. */
export class Domains {
  readonly host: Host;
  readonly registrar: Pick<Registrar, 'delegate' | 'delegation'>;
  readonly domains = new Map<string, RegisteredDomain>();
  readonly operations = new Map<string, DomainOperation>();
  /** By domain, for changes that are begun from now on. */
  readonly registries = new Map<string, RegistryConduct>();

  constructor(host: Host, registrar: Pick<Registrar, 'delegate' | 'delegation'>) {
    this.host = host;
    this.registrar = registrar;
  }

  /**
   * Registers a domain as if that had been long ago, with the name servers that the registry has for it.
   *
   * @throws {Error} when no registry here has its top-level domain
   */
  register(
    name: string,
    {
      expiresAt,
      nameServers,
      statuses = ['clientTransferProhibited'],
      autoRenew = true,
      signed = false,
    }: Pick<RegisteredDomain, 'expiresAt'> & Partial<RegisteredDomain>,
  ): void {
    const servers = nameServers ?? this.registrar.delegation(name).map((Name) => ({ Name }));
    if (nameServers)
      this.registrar.delegate(
        name,
        nameServers.map(({ Name = '' }) => Name),
      );
    const createdAt = this.host.clock.now();
    this.domains.set(name, { name, createdAt, expiresAt, autoRenew, nameServers: servers, statuses, signed });
  }

  /** Throws InvalidInput. */
  get(name: string | undefined): RegisteredDomain {
    const found = this.domains.get((name ?? '').toLowerCase());
    if (!found) throw invalidInput(`Domain ${name} not found in ${this.host.account} account`);
    return found;
  }
}
