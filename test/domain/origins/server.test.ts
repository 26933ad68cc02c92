import { describe, expect, test } from '@jest/globals';
import { baseUrl } from '../../../domain/edges/edge.ts';
import { trafficEntries } from '../../../domain/entries/wanted.ts';
import { targetGroupName, targetKindOf } from '../../../domain/load-balancers/target-group.ts';
import { targetOf } from '../../../domain/origins/origin.ts';
import { desiredRecords } from '../../../domain/records/desired.ts';
import { conflictAt } from '../../../domain/records/record-conflicts.ts';
import { declareSite } from '../../../domain/sites/declare-site.ts';
import { serverProblem } from '../../../functions/shared/plans/survey-server.ts';
import { aSet, aView } from '../../support/records.ts';
import { aSite } from '../../support/site.ts';
import { owner } from '../../support/steps.ts';

const domain = 'shop.example.test';
const document = (server: object, more: object = {}) => ({ domain, edge: 'direct', origin: { server }, ...more });

function aServerSite(server: object) {
  const { site, errors } = declareSite(document(server));
  if (!site) throw new Error(JSON.stringify(errors));
  return site;
}

describe('a document with a server as its origin', () => {
  test.each([
    [{ address: '198.51.100.7' }, `https://${domain}`, `${domain} A 198.51.100.7`],
    [{ address: '2001:DB8:0::7', port: 8080 }, `http://${domain}:8080`, `${domain} AAAA 2001:db8::7`],
    [{ name: 'VM.example.net.', port: 80 }, `http://${domain}`, `${domain} CNAME vm.example.net`],
  ])('leads viewers to %j', (server, url, record) => {
    const site = aServerSite(server);
    expect(baseUrl(site, domain)).toBe(url);
    const sets = desiredRecords(site, {});
    expect(sets.map(({ name, type, values }) => [name, type, ...values].join(' '))).toEqual([record]);
  });

  test('has the records entered at another DNS provider', () => {
    expect(trafficEntries(aServerSite({ name: 'vm.example.net' }), {})).toMatchObject([
      { name: domain, type: 'CNAME', values: ['vm.example.net'] },
    ]);
    expect(trafficEntries(aServerSite({ address: '2001:db8::7' }), {})).toMatchObject([
      { name: domain, type: 'AAAA', values: ['2001:db8::7'] },
    ]);
    expect(trafficEntries(aServerSite({ address: '198.51.100.7' }), {})).toMatchObject([
      { name: domain, type: 'A', values: ['198.51.100.7'] },
    ]);
  });

  test.each([
    [{ address: '198.51.100.007' }, {}, '#/origin/server/address', 'Must be an IPv4 address'],
    [{ address: 'vm.example.net' }, {}, '#/origin/server/address', 'Must be an IPv4 address'],
    [{ name: 'localhost' }, {}, '#/origin/server/name', 'localhost'],
    [{ name: domain }, {}, '#/origin/server/name', 'would lead to itself'],
    [
      { address: '198.51.100.7' },
      { edge: 'load-balancer' },
      '#/origin/server',
      'an ALB takes no public addresses as targets',
    ],
    [
      { address: 'fd00::7' },
      { edge: 'load-balancer' },
      '#/origin/server',
      'give a private address that the VPC reaches',
    ],
    [{ name: 'vm.example.net' }, { edge: 'load-balancer' }, '#/origin/server', 'and no names'],
    [
      { address: '10.0.0.7' },
      { edge: 'load-balancer', tenant: 'acme' },
      '#/origin/server',
      "nothing tells that a private address is the tenant's",
    ],
    [{ address: '198.51.100.7' }, { http: 'reject' }, '#/http', 'the origin answers for itself'],
  ])('is refused with %j and %j', (server, more, pointer, sentence) => {
    const { errors = [] } = declareSite(document(server, more));
    expect(errors.find((error) => error.pointer === pointer)?.detail).toContain(sentence);
  });

  test.each([
    ['10.0.0.7', 443, 'HTTPS'],
    ['172.31.255.1', 80, 'HTTP'],
    ['192.168.0.1', 8080, 'HTTP'],
    ['100.127.0.1', 443, 'HTTPS'],
  ])('is put behind a load balancer with the private address %s, port %i', (address, port, protocol) => {
    const { site, errors } = declareSite(document({ address, port }, { edge: 'load-balancer' }));
    expect(errors).toBeUndefined();
    if (!site) return;
    expect(targetOf(site)).toEqual({ id: address, port });
    expect(targetKindOf(site)).toEqual({ targetType: 'ip', protocol });
    expect(targetGroupName(site)).not.toBe(targetGroupName({ ...aSite(), domain }));
    expect(serverProblem(site)).toBeUndefined();
    expect(serverProblem({ ...site, directName: `ssh.${domain}` })).toMatchObject({
      pointer: '#/directName',
      detail: expect.stringContaining('leave the direct name out'),
    });
  });

  test.each(['11.0.0.7', '172.32.0.1', '100.128.0.1', '169.254.169.254', '127.0.0.1'])(
    'is not put behind a load balancer with %s, which no target group takes',
    (address) => {
      const { errors = [] } = declareSite(document({ address }, { edge: 'load-balancer' }));
      expect(errors.map(({ detail }) => detail).join()).toContain('an ALB takes no public addresses as targets');
    },
  );

  test.each(['10.0.0.7', '169.254.169.254', '127.0.0.1', '::1', 'fd00::1', '::ffff:10.0.0.1', '64:ff9b::a00:1'])(
    'is refused with %s, which the internet does not reach',
    (address) => {
      expect(serverProblem(aServerSite({ address }))?.detail).toContain('private or special address');
    },
  );
});

describe('a CNAME to a server', () => {
  const asked = { name: domain, names: [domain], owner, cname: 'vm.example.net' };

  test('is refused at the apex of a zone, with what to do', () => {
    const view = { ...aView(), zone: domain };
    expect(conflictAt(view, asked)).toMatch(/apex of its zone.*Give the address of the server/);
  });

  test('is refused beside what is not an address, in words', () => {
    const mail = aSet(domain, 'MX', '10 mail.example.test');
    expect(conflictAt(aView(mail), asked)).toMatch(/allows nothing beside a CNAME, and there is .*MX/);
    expect(conflictAt(aView(mail), { ...asked, cname: undefined })).toBeUndefined();
    expect(conflictAt(aView(), asked)).toBeUndefined();
  });
});
