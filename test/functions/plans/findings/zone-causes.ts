import { a, type NameServer, ns, type Said, soa } from '../../../support/name-servers.ts';
import { domain } from '../../../support/steps.ts';
import type { Cause, Looked } from './cause.ts';
import { DS, dnsOf } from './dns-of.ts';

const refused: Said = { rcode: 'REFUSED', authoritative: false };
const shop = (server: string): NameServer => {
  return ({ name, type }) =>
    name.endsWith(domain) && type !== 'DS' ? { authorities: [ns(domain, server)] } : undefined;
};
const answering =
  (answered: string): NameServer =>
  ({ name, type }) => {
    if (name === answered && type === 'A') return { answers: [a(name, '203.0.113.9')] };
    if (answered.endsWith(name)) return { authorities: [soa('example.test')] };
    return type === 'DS' || type === 'NS' ? undefined : { rcode: 'NXDOMAIN', authorities: [soa('example.test')] };
  };
const caa = (value: string) => ({
  type: 'CAA' as const,
  name: 'example.test',
  data: { flags: 0, tag: 'issue' as const, value },
});

/** "example.test", which delegates the shop to a provider that has signed it. */
const signedBelow: NameServer = ({ name, type }) => {
  if (!name.endsWith(domain)) return undefined;
  if (type === 'DS') return name === domain ? { answers: [{ ...DS, name }] } : undefined;
  return { authorities: [ns(domain, 'ns-9.old.test')] };
};

const EXTERNAL = { dns: 'external' };

/** What may be wrong with the zone: its delegation, its signature, its CAA records. */
export const zoneCauses = ({ account }: Looked): Cause[] => [
  {
    check: 'zoneNotDelegated',
    severity: 'warning',
    when: 'the parent has no NS records for the zone',
    cause: () => dnsOf(account, { to: [] }),
    fix: 'Enter these name servers at your registrar: ns-1.awsdns-01.com',
  },
  {
    check: 'zoneNotDelegated',
    severity: 'warning',
    when: 'a zone is yet to be made',
    cause: async () => {
      account.zonesAre();
      await dnsOf(account, {});
    },
    fix: 'Once the hosted zone is made, the site waits and shows its name servers',
  },
  {
    check: 'zonePartlyDelegated',
    severity: 'warning',
    when: 'the parent names a part of the name servers',
    cause: () => account.nameServersAre('ns-1.awsdns-01.com', 'ns-2.awsdns-02.net'),
    fix: 'add at your registrar: ns-2.awsdns-02.net',
  },
  {
    check: 'zoneDelegatedElsewhere',
    severity: 'warning',
    when: 'the parent names somebody else',
    cause: () => dnsOf(account, { to: ['ns-9.old.test'] }),
    fix: 'Replace all name servers at your registrar by: ns-1.awsdns-01.com',
  },
  {
    check: 'zoneDelegatedToNobody',
    severity: 'warning',
    when: 'a zone is yet to be made where a deleted one left its delegation',
    cause: async () => {
      account.zonesAre();
      await dnsOf(account, { zone: shop('ns-9.old.test'), other: () => refused });
    },
    fix: 'another customer who gets a zone on those has the name',
  },
  {
    check: 'nameServersLame',
    severity: 'warning',
    when: 'none of the right name servers answers for the zone',
    cause: () => dnsOf(account, { zone: () => refused }),
    fix: 'ns-1.awsdns-01.com answers REFUSED without authority',
  },
  {
    check: 'nameServersPartlyLame',
    severity: 'warning',
    when: 'one of the right name servers answers without authority',
    cause: async () => {
      account.nameServersAre('ns-1.awsdns-01.com', 'ns-9.old.test');
      await dnsOf(account, { to: ['ns-1.awsdns-01.com', 'ns-9.old.test'], other: () => refused });
    },
    fix: 'ns-9.old.test answers REFUSED without authority',
  },
  {
    check: 'zoneAboveLame',
    severity: 'warning',
    when: 'the zone above is delegated to name servers that do not answer for it',
    cause: async () => {
      account.zonesAre();
      await dnsOf(account, { zone: () => refused });
    },
    fix: 'Correct the delegation of "example.test" first',
  },
  {
    check: 'delegationNotChecked',
    severity: 'warning',
    when: 'nobody answers',
    cause: () => account.dnsSays({}),
    fix: 'Cannot check the delegation of "example.test" now',
  },
  {
    check: 'unsignedZoneHasDs',
    severity: 'error',
    when: 'the parent has a DS record and the zone is not signed',
    cause: () => dnsOf(account, { signed: true }),
    fix: 'Remove the DS record at your registrar',
  },
  {
    check: 'newZoneHasDs',
    severity: 'warning',
    when: 'the parent has a DS record and the zone is yet to be made',
    cause: async () => {
      account.zonesAre();
      await dnsOf(account, { zone: signedBelow });
    },
    fix: 'Remove the DS record',
  },
  {
    check: 'twoZonesOfOneName',
    severity: 'error',
    when: 'two zones bear the name and the parent names neither',
    cause: async () => {
      account.zonesAre('ZEXAMPLE', 'ZOTHER');
      await dnsOf(account, { to: ['ns-9.old.test'] });
    },
    fix: 'Delegate "example.test" to one of them or delete the others',
  },
  {
    check: 'emptyZonePassedOver',
    severity: 'warning',
    when: 'the zone with the most labels is empty, and the one above answers for its names',
    cause: () => account.zoneBelow(domain, 'ZEMPTY'),
    fix: /"shop\.example\.test" \(ZEMPTY\) is empty, .* answers for the names today. Delete the empty zone/,
  },
  {
    check: 'delegationWritten',
    severity: 'info',
    when: 'the document has the domain delegated, and the zone above is in the account',
    site: { delegate: true },
    before: () => account.zonesAre(),
    cause: () => account.zonesAre('ZEXAMPLE'),
    fix: 'create its NS records in the hosted zone "example.test"',
  },
  {
    check: 'answersCopied',
    severity: 'info',
    when: 'a zone is yet to be made for a name that answers',
    cause: async () => {
      account.zonesAre();
      await dnsOf(account, { zone: answering(domain) });
    },
    fix: 'before its name servers are shown: shop.example.test A 203.0.113.9',
  },
  {
    check: 'namesFallSilent',
    severity: 'warning',
    when: 'a zone is yet to be made above names that answer',
    cause: async () => {
      account.zonesAre();
      await dnsOf(account, { zone: answering(`api.${domain}`) });
    },
    fix: /no answer any more for api\.shop\.example\.test A 203\.0\.113\.9.* Applying this plan approves it\. .*"dns": "external"/,
  },
  {
    check: 'zoneServedElsewhere',
    severity: 'warning',
    when: 'a zone is kept with another provider, with a web page in it',
    cause: () => dnsOf(account, { to: ['ns-9.old.test'], other: answering(domain) }),
    fix: /kept with ns-9\.old\.test, with web alive there.*declare the site with "dns": "external"/,
  },
  {
    check: 'authorityNotAllowed',
    severity: 'error',
    when: 'a CAA record above lets somebody else issue only',
    cause: () =>
      dnsOf(account, {
        zone: ({ name, type }) =>
          name === 'example.test' && type === 'CAA' ? { answers: [caa('letsencrypt.org')] } : undefined,
      }),
    fix: 'Add the record example.test CAA 0 issue "amazon.com"',
  },
  {
    check: 'authorityNotAllowed',
    severity: 'error',
    when: 'a CAA record above a zone that is yet to be delegated lets somebody else issue only',
    cause: async () => {
      account.zonesAre();
      await dnsOf(account, {
        zone: ({ name, type }) =>
          name === 'example.test' && type === 'CAA' ? { answers: [caa('letsencrypt.org')] } : undefined,
      });
    },
    fix: 'Add the record example.test CAA 0 issue "amazon.com"',
  },
  {
    check: 'authorityNotAllowedYet',
    severity: 'warning',
    when: 'a CAA record of a zone that is to be delegated to our hosted zone lets somebody else issue only',
    cause: () =>
      dnsOf(account, {
        to: ['ns-9.old.test'],
        other: ({ name, type }) =>
          name === 'example.test' && type === 'CAA'
            ? { answers: [caa('letsencrypt.org')] }
            : { authorities: [soa('example.test')] },
      }),
    fix: 'once "example.test" is delegated the CAA records of its hosted zone count',
  },
  {
    check: 'authorizationNotChecked',
    severity: 'warning',
    when: 'nobody answers for CAA',
    cause: () => dnsOf(account, { zone: ({ type }) => (type === 'CAA' ? { rcode: 'SERVFAIL' } : undefined) }),
    fix: 'The site checks again before it asks for the certificate',
  },
  {
    check: 'zoneNotDelegated',
    severity: 'warning',
    when: 'C4: another provider keeps the zone, and nothing is delegated to it',
    site: EXTERNAL,
    cause: () => dnsOf(account, { to: [] }),
    fix: 'enter the name servers of your DNS provider',
  },
  {
    check: 'unsignedZoneHasDs',
    severity: 'error',
    when: 'C4: another provider keeps the zone and has not signed it',
    site: EXTERNAL,
    cause: () => dnsOf(account, { signed: true }),
    fix: 'Sign the zone at its DNS provider, or remove the DS record at your registrar',
  },
  {
    check: 'nameServersLame',
    severity: 'warning',
    when: 'C4: another provider has no such zone',
    site: EXTERNAL,
    cause: () => dnsOf(account, { zone: () => refused }),
    fix: 'Create the zone with the DNS provider whose name servers these are',
  },
  {
    check: 'nameServersPartlyLame',
    severity: 'warning',
    when: 'C4: one name server of another provider does not answer for the zone',
    site: EXTERNAL,
    cause: () => dnsOf(account, { to: ['ns-1.awsdns-01.com', 'ns-9.old.test'], other: () => refused }),
    fix: 'have the DNS provider mend them, or remove them at your registrar',
  },
  {
    check: 'authorityNotAllowed',
    severity: 'error',
    when: 'C4: the CAA records of a zone that another provider keeps forbid Amazon',
    site: EXTERNAL,
    cause: () =>
      dnsOf(account, { zone: ({ type }) => (type === 'CAA' ? { answers: [caa('letsencrypt.org')] } : undefined) }),
    fix: 'CAA 0 issue "amazon.com"',
  },
];
