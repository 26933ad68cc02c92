import { describe, expect, test } from '@jest/globals';
import {
  baseUrl,
  certifiedNames,
  DEFAULT_EDGE,
  EDGE_NAMES,
  edgeOf,
  needsElasticIp,
  needsResource,
  recordsOf,
} from '../../../domain/edges/edge.ts';
import { instanceOf } from '../../../domain/origins/instance.ts';
import { declareSite } from '../../../domain/sites/declare-site.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import { quotasOf, takesOf } from '../../../domain/tenants/share.ts';
import { aSite } from '../../support/site.ts';
import { domain } from '../../support/steps.ts';
import { anEmptyEdge, aWorld, changes } from '../../support/world.ts';

const directName = `direct.${domain}`;

describe.each(EDGE_NAMES)('the edge "%s"', (edge) => {
  const site = aSite({ edge });

  test('is taken with a document that says nothing else, and is its own default', () => {
    const { origin } = site;
    const { site: declared } = declareSite({ domain, origin, edge });
    expect(declared).toMatchObject({ edge });
    expect(declareSite(declared).site).toEqual(declared);
  });

  test('has records for every served name, and all of these lead to what serves them', () => {
    const records = edgeOf(site).records(site);
    const served = records.filter(({ name }) => servedNames(site).includes(name));
    expect(new Set(served.map(({ name }) => name))).toEqual(new Set(servedNames(site)));
    expect(new Set(served.map(({ to }) => to))).toEqual(new Set([edgeOf(site).servedBy]));
    for (const { types } of records) expect(types).not.toEqual([]);
  });

  test('leads the direct name to the origin, whatever the served names lead to', () => {
    const named = recordsOf({ ...site, directName });
    expect(named).toEqual([...recordsOf(site), { name: directName, to: 'origin', types: ['A'] }]);
    expect(needsElasticIp({ ...site, directName })).toBe(true);
  });

  test('lists the types of resources that the plan of a new site has', () => {
    const { edge: _, ...world } = aWorld();
    const planned = changes({ ...world, ...(needsResource(site, 'load balancer') && { edge: anEmptyEdge() }) }, site);
    const types = new Set(planned.map(({ resource }) => resource.type));
    for (const type of ['hosted zone', 'record', 'elastic address'] as const) types.delete(type);
    // A name is moved where another distribution has it, which no new site's plan meets here.
    const expected = edgeOf(site)
      .resources(site)
      .filter((type) => type !== 'alias');
    expect([...types].sort()).toEqual(expected.toSorted());
  });

  test('serves over HTTPS where a certificate covers its names, and listens on the port that viewers use', () => {
    const { scheme, port, listeners } = edgeOf(site);
    expect(scheme).toBe(certifiedNames(site).length > 0 ? 'https' : 'http');
    const listening = listeners(site);
    if (listening) expect(listening).toContainEqual({ protocol: scheme.toUpperCase(), port: port(site) });
  });

  test('counts in the share of a tenant what its plan creates', () => {
    const shared = quotasOf(takesOf(site, { makesZone: false }));
    expect(shared.includes('loadBalancers')).toBe(needsResource(site, 'load balancer'));
    expect(shared.includes('certificates')).toBe(needsResource(site, 'certificate'));
    expect(shared.includes('targetGroups')).toBe(needsResource(site, 'target group'));
    expect(shared.includes('elasticAddresses')).toBe(needsElasticIp(site));
  });
});

describe('edgeOf()', () => {
  test('answers with the default for a document without an edge', () => {
    expect(edgeOf({})).toBe(edgeOf({ edge: DEFAULT_EDGE }));
    expect(declareSite({ domain, origin: aSite().origin }).site?.edge).toBe(DEFAULT_EDGE);
  });
});

describe('the records of an edge', () => {
  test('R29: behind a load balancer are of the protocols that the access allows', () => {
    const records = recordsOf(aSite({ aliases: [], access: ['2001:db8::/32'] }));
    expect(records).toEqual([{ name: domain, to: 'load balancer', types: ['AAAA'] }]);
  });

  test('need no Elastic IP where no name leads to the origin', () => {
    expect(needsElasticIp(aSite())).toBe(false);
    expect(needsElasticIp(aSite({ edge: 'direct' }))).toBe(true);
  });
});

describe('baseUrl()', () => {
  const at = (port: number) => ({ origin: { instance: { ...instanceOf(aSite()), port } } });

  test('tells a port only where a viewer has to type it', () => {
    expect(baseUrl(aSite(at(8080)), domain)).toBe(`https://${domain}`);
    expect(baseUrl(aSite({ edge: 'direct' }), domain)).toBe(`http://${domain}`);
    expect(baseUrl(aSite({ edge: 'direct', ...at(8080) }), domain)).toBe(`http://${domain}:8080`);
  });
});
