import { parse } from 'tldts';
import { readRegistration } from '../../../aws/domains/read-registration.ts';
import { domainsOf } from '../../../aws/domains/registered-domain.ts';
import type { Connect } from '../../../aws/probes/connect.ts';
import type { Concerns } from '../../../domain/care/concern.ts';
import { registrationConcern } from '../../../domain/care/registration-concerns.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import { servedDocument } from './look-at-site.ts';
import type { Looking } from './resource-concerns.ts';

/** Whether the registration of a domain that a site is in ends soon. */
export async function registrationConcerns(
  { record, ledger, environment, dns, now, connect }: Looking & { connect?: Connect | undefined },
  area: string,
): Promise<Concerns> {
  const site = servedDocument(record);
  const domains = domainsOf({ site, who: environment });
  const names = servedNames(site).map((name) => parse(name, { extractHostname: false }).domain);
  const registered = [...new Set(names.filter((name) => name !== null))];
  const told = await Promise.all(
    registered.map((domain) => readRegistration(domain, { ledger, domains, dns, connect, now })),
  );
  const concerns = told.flatMap((each) => (each ? (registrationConcern(each, { area, now }) ?? []) : []));
  return { concerns, unseen: [] };
}
