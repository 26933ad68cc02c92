import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../aws/dns/resolver.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { probeSite } from '../../../functions/gates/probe-site.ts';
import type { Probes } from '../../../resources/probes/probe-edge.ts';
import { edgeOutputs, showEdge } from '../../support/edge.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, aaaa, NameServers, type Said, soa } from '../../support/name-servers.ts';
import { seeing, silent } from '../../support/probes.ts';
import { context, domain, event, givenSite, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const elb = mockClient(ElasticLoadBalancingV2Client);
const ec2 = mockClient(EC2Client);
beforeEach(() => showEdge({ elb, ec2 }));
const directName = `direct.${domain}`;
const worlds: NameServers[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()));
});

/** What DNS says about each name: addresses by name. */
type Told = Record<string, string[]>;
const told: Told = {
  [domain]: ['203.0.113.7'],
  [`www.${domain}`]: ['203.0.113.7', '2001:db8::7'],
  [directName]: ['203.0.113.9'],
};

async function run(
  site: Partial<Site> = {},
  { probes = {}, dns = told }: { probes?: Partial<Probes>; dns?: Told } = {},
) {
  await givenSite(ledger, { site, outputs: edgeOutputs });
  const servers = await NameServers.start({ '198.41.0.4': (question) => answer(question, dns) });
  worlds.push(servers);
  const sight = seeing(probes);
  await probeSite(() => new Resolver({ connect: servers.connect }), sight.probes)(event, context);
  return sight.looked.sort();
}

function answer({ name, type }: { name: string; type: string }, dns: Told): Said | undefined {
  const addresses = dns[name];
  if (!addresses) return undefined;
  const answers = addresses
    .filter((address) => address.includes(':') === (type === 'AAAA'))
    .map((address) => (type === 'AAAA' ? aaaa(name, address) : a(name, address)));
  return answers.length > 0 ? { answers } : { authorities: [soa('')] };
}

describe('ProbeSite', () => {
  test('goes where DNS sends a viewer of every name', async () => {
    expect(await run()).toEqual([
      `http 2001:db8::7:80 www.${domain}/`,
      `http 203.0.113.7:80 ${domain}/`,
      `http 203.0.113.7:80 www.${domain}/`,
      `https 2001:db8::7 www.${domain}/`,
      `https 203.0.113.7 ${domain}/`,
      `https 203.0.113.7 www.${domain}/`,
    ]);
    expect(await theStep(ledger, 'ProbeSite')).toMatchObject({
      state: 'done',
      message: `https://${domain}, https://www.${domain} answer by name`,
    });
  });

  test('reaches the instance itself by the direct name', async () => {
    const site = { directName, origin: { instance: { id: 'i-1', port: 8080, healthPath: '/well' } } };
    expect(await run(site)).toContain(`http 203.0.113.9:8080 ${directName}/well`);
  });

  test('does not hold it against the site when the instance lets the probe not in by the direct name', async () => {
    const { probes: well } = seeing();
    const plain: Probes['plain'] = (target) =>
      target.name === directName ? silent('ETIMEDOUT')() : well.plain(target);
    await run({ directName }, { probes: { plain } });
    expect((await theStep(ledger, 'ProbeSite')).message).toContain(
      `not seen from here: 203.0.113.9 ("${directName}" leads there`,
    );
  });

  test('F7: remembers under which names browsers are told to insist on HTTPS, and for how long', async () => {
    const { probes: well } = seeing();
    const secure: Probes['secure'] = async (target) => {
      const { served, page } = await well.secure(target);
      return { served, page: { ...page, ...(target.name === domain && { strictTransport: 'max-age=300' }) } };
    };
    await run({}, { probes: { secure } });
    expect((await theStep(ledger, 'ProbeSite')).output).toEqual({ insists: [{ name: domain, seconds: 300 }] });
  });

  test('finds a name that leads elsewhere', async () => {
    const dns = { ...told, [directName]: ['198.51.100.66'] };
    await expect(run({ directName }, { dns })).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(`DNS says 198.51.100.66 for "${directName}", not 203.0.113.9`),
    });
  });

  test('finds a name that has no address, and R18: waits while DNS gives no answer', async () => {
    await expect(run({}, { dns: { ...told, [domain]: [] } })).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(`DNS has no address for "${domain}"`),
    });
    await expect(run({}, { dns: {} })).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('C5: has what another tool removed restored once, although the records lead there already', async () => {
    showEdge({ elb, ec2 }, { secure: undefined });
    const probes = { secure: silent('ECONNREFUSED') };
    await expect(run({}, { probes })).rejects.toMatchObject({ name: 'NotReady' });
    await expect(run({}, { probes })).rejects.toMatchObject({
      name: 'Missing',
      message: expect.stringContaining('The listener on port 443 is missing'),
    });
  });

  test('does not call a site live that its viewers cannot reach', async () => {
    await expect(run({}, { probes: { secure: silent('ECONNREFUSED') } })).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('looks at the instance over plain HTTP when there is no load balancer', async () => {
    const dns = { [domain]: ['203.0.113.9'], [`www.${domain}`]: ['203.0.113.9'] };
    const plain = async () => ({ status: 200, body: 'Hello' });
    expect(await run({ edge: 'direct' }, { dns, probes: { plain } })).toEqual([
      `http 203.0.113.9:80 ${domain}/`,
      `http 203.0.113.9:80 www.${domain}/`,
    ]);
    await expect(run({ edge: 'direct' }, { dns, probes: { plain: silent('ETIMEDOUT') } })).rejects.toMatchObject({
      name: 'NotReady',
    });
  });
});
