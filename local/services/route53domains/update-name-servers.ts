import type { UpdateDomainNameserversRequest, UpdateDomainNameserversResponse } from '@aws-sdk/client-route-53-domains';
import type { Operation } from '../../wire/service.ts';
import type { Domains } from './domains.ts';
import { invalidInput, rulesViolation } from './errors.ts';
import { begin, PUBLISHED_SECONDS } from './operations.ts';

/** Source: UpdateDomainNameservers and the console's limits, checked 2026-11-30. */
const MAX_SERVERS = 6;
const MIN_SERVERS = 2;

const HOST_NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]\.?$/i;

/** At these the registry changes nothing. Source: ICANN, "EPP status codes", checked 2026-11-30. */
const LOCKED = [
  'clientUpdateProhibited',
  'serverUpdateProhibited',
  'pendingDelete',
  'pendingTransfer',
  'redemptionPeriod',
];

/** UpdateDomainNameservers: replaces all of them, once the registry has done it; DNS follows later still. */
export const updateDomainNameservers = (
  domains: Domains,
): Operation<UpdateDomainNameserversRequest, UpdateDomainNameserversResponse> => ({
  run({ DomainName, Nameservers = [] }) {
    const domain = domains.get(DomainName);
    const names = Nameservers.map(({ Name = '' }) => Name.toLowerCase().replace(/\.$/, ''));
    if (names.length < MIN_SERVERS || names.length > MAX_SERVERS)
      throw invalidInput(`Number of name servers must be between ${MIN_SERVERS} and ${MAX_SERVERS}.`);
    const wrong = names.find((name) => !HOST_NAME.test(name));
    if (wrong !== undefined) throw invalidInput(`Invalid name server: ${wrong}`);
    if (new Set(names).size < names.length) throw invalidInput('Duplicate name servers.');
    const bare = Nameservers.find(
      ({ Name = '', GlueIps = [] }) => Name.toLowerCase().endsWith(`.${domain.name}`) && GlueIps.length === 0,
    );
    if (bare) throw invalidInput(`Glue IPs are required for name server ${bare.Name}.`);
    const lock = domain.statuses.find((status) => LOCKED.includes(status));
    if (lock !== undefined) throw rulesViolation(`The status ${lock} does not allow the name servers to be changed.`);
    const done = (): void => {
      domain.nameServers = names.map((Name, place) => ({ ...Nameservers[place], Name }));
      const { clock, draws } = domains.host;
      const seconds = draws.seconds('route53domains:publish', domain.name, PUBLISHED_SECONDS);
      clock.after(seconds * 1000, () => domains.registrar.delegate(domain.name, names));
    };
    return { OperationId: begin(domains, domain, { type: 'UPDATE_NAMESERVER', done }).id };
  },
});
