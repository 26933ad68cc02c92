import { afterEach, describe, expect, test } from '@jest/globals';
import { lookAbove } from '../../../aws/dns/look-above.ts';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { a, type NameServer, NameServers, ns, soa } from '../../support/name-servers.ts';

const ROOT = '198.41.0.4';
const TEST = '192.0.2.1';
const EXAMPLE = '192.0.2.2';

let servers: NameServers;
afterEach(async () => {
  await servers.stop();
});

const root: NameServer = () => ({ authorities: [ns('test', 'ns.test')], additionals: [a('ns.test', TEST)] });

/** Says no more of the delegation than so many times. */
function parent(times = Number.POSITIVE_INFINITY): NameServer {
  let left = times;
  return ({ type }) => {
    if (type === 'DS') return { authorities: [soa('test')] };
    if (type === 'NS' && left-- <= 0) return { rcode: 'SERVFAIL', authoritative: false };
    return { authorities: [ns('example.test', 'ns.example.test')], additionals: [a('ns.example.test', EXAMPLE)] };
  };
}

async function look(listed: Record<string, NameServer>, zone = 'example.test') {
  servers = await NameServers.start({ [ROOT]: root, ...listed });
  return lookAbove(new Resolver({ connect: servers.connect, roots: [ROOT] }), zone);
}

describe('lookAbove()', () => {
  test('asks a name server inside the zone, which answers for nothing there, at the address that the parent gives', async () => {
    const { lame } = await look({ [TEST]: parent(1), [EXAMPLE]: () => ({ rcode: 'REFUSED', authoritative: false }) });
    expect(lame).toEqual([{ server: 'ns.example.test', answered: true, why: 'REFUSED without authority' }]);
  });

  test('asks at the next address that the parent gives where the first is silent', async () => {
    const silent = '192.0.2.9';
    const both: NameServer = (question) => {
      const { additionals = [], ...answer } = parent()(question) ?? {};
      return { ...answer, additionals: [a('ns.example.test', silent), ...additionals] };
    };
    const answers: NameServer = () => ({ authorities: [soa('example.test')] });
    expect((await look({ [TEST]: both, [EXAMPLE]: answers })).lame).toEqual([]);
  });

  test('says of one that does not answer at all that it does not', async () => {
    const { lame } = await look({ [TEST]: parent() });
    expect(lame).toMatchObject([{ server: 'ns.example.test', answered: false }]);
  });

  test('names the zone further up whose name servers all refuse to answer for it, and none where one is silent', async () => {
    const refuses: NameServer = () => ({ rcode: 'REFUSED', authoritative: false });
    const refused = look({ [TEST]: parent(), [EXAMPLE]: refuses }, 'shop.example.test');
    await expect(refused).rejects.toMatchObject({ name: 'DnsFailure', deafZone: 'example.test' });
    await servers.stop();
    const silent = look({ [TEST]: parent() }, 'shop.example.test');
    await expect(silent).rejects.toMatchObject({ name: 'DnsFailure', deafZone: undefined });
  });
});
