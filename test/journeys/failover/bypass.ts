import type {
  DescribeFunctionResult,
  GetDistributionConfigResult,
  ListDistributionsResult,
  ListFunctionsResult,
  UpdateFunctionResult,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, Viewer } from '../../../cli/viewer.ts';
import { bypassName } from '../../../domain/failover/bypass.ts';
import { type HttpProxy, startProxy } from '../../../local/internet/proxy.ts';
import { aZone } from '../../support/a-zone.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

const MINUTE = 60_000;
const OFFICE = { ipv4: '192.0.2.10', ipv6: '2001:db8:9::10' };
const HOME = { ipv4: '192.0.2.77', ipv6: '2001:db8:9:9::77' };

/** A viewer who comes from other addresses than the person at this machine, through a proxy there. */
class Elsewhere {
  readonly #proxy: HttpProxy;
  readonly #viewer: Viewer;

  private constructor(proxy: HttpProxy, viewer: Viewer) {
    this.#proxy = proxy;
    this.#viewer = viewer;
  }

  static async at(nameplate: Nameplate, from: typeof OFFICE): Promise<Elsewhere> {
    const { aws } = nameplate;
    const { internet, clock } = aws;
    const { viewer } = nameplate;
    const proxy = await startProxy({
      internet,
      clock,
      from,
      resolve: async (name, type) => {
        const found = await viewer.addresses(name, type === 'A' ? 4 : 6).catch(() => []);
        return { rcode: 'NOERROR', answers: found.map((data) => ({ type, data })) };
      },
    });
    const way = { dns: aws.dns, proxy: `http://127.0.0.1:${proxy.port}`, ca: aws.caPem };
    return new Elsewhere(proxy, new Viewer(way));
  }

  /** What a name answers at its first address of a family. */
  async https(
    name: string,
    { family = 4, ...options }: { family?: 4 | 6; path?: string; method?: string; body?: string } = {},
  ): Promise<Answer> {
    const [at = ''] = await this.#viewer.addresses(name, family);
    return this.#viewer.https(name, { ...options, at });
  }

  /** The same by plain HTTP. */
  http(name: string): Promise<Answer> {
    return this.#viewer.http(name);
  }

  close(): Promise<void> {
    return this.#proxy.close();
  }
}

const isPage = ({ status, headers }: Answer): boolean => status === 503 && headers['retry-after'] !== undefined;
const seen = (answer: Answer): string =>
  isPage(answer) ? 'page' : answer.status === 200 ? 'site' : String(answer.status);

/** What is limited of it: distributions of one response headers policy, and functions. */
const FEW = /policy|functions/;

/** Who sees the site while everybody else sees its page. */
export function bypass(boot: SharedBoot): void {
  let nameplate: Nameplate;
  beforeAll(() => {
    nameplate = boot.nameplate;
  });

  describe.each(['load-balancer', 'cdn'] as const)('operators of a site with the edge "%s"', (edge) => {
    const { zone, shop: domain, www } = boot.namesInZone();
    let office: Elsewhere;
    let home: Elsewhere;

    beforeAll(async () => {
      await aZone(nameplate, zone);
      without = await functions();
      usedBefore = await used();
      office = await Elsewhere.at(nameplate, OFFICE);
      home = await Elsewhere.at(nameplate, HOME);
    });
    afterAll(async () => {
      await Promise.all([office?.close(), home?.close()]);
    });

    const documentWith = (...addresses: string[]) => ({
      aliases: [www],
      edge,
      failover: addresses.length > 0 ? { bypass: { addresses } } : {},
    });

    /** The names of all functions in the account, sorted. */
    const functions = async () => {
      const { FunctionList } = await nameplate.ask<ListFunctionsResult>('cloudfront', 'ListFunctions', {});
      return (FunctionList?.Items ?? []).map(({ Name }) => Name).sort();
    };
    let without: Awaited<ReturnType<typeof functions>>;
    const withOurs = () => [...without, bypassName(domain)].sort();

    /** How much of what is limited the account uses, as the plan of another site says. */
    const used = async () => {
      const other = await nameplate.plan(nameplate.document(`other.${domain}`, documentWith(OFFICE.ipv4)));
      return other.quotas.filter(({ quota }) => FEW.test(quota)).map((few) => few.used);
    };
    let usedBefore: Awaited<ReturnType<typeof used>>;

    /** Deletes the function, or has it lead nobody where a distribution runs it. */
    async function disturbed(): Promise<void> {
      const Name = bypassName(domain);
      const { ETag: IfMatch } = await nameplate.ask<DescribeFunctionResult>('cloudfront', 'DescribeFunction', { Name });
      if (edge === 'cdn') return void (await nameplate.ask('cloudfront', 'DeleteFunction', { Name, IfMatch }));
      const { ETag } = await nameplate.ask<UpdateFunctionResult>('cloudfront', 'UpdateFunction', {
        Name,
        IfMatch,
        FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
        FunctionCode: new TextEncoder().encode('function handler(event) { return event.request; }'),
      });
      await nameplate.ask('cloudfront', 'PublishFunction', { Name, IfMatch: ETag });
      await nameplate.aws.clock.advance(MINUTE);
    }

    async function distribution(): Promise<string> {
      const { DistributionList } = await nameplate.ask<ListDistributionsResult>('cloudfront', 'ListDistributions', {});
      const { Id } = DistributionList?.Items?.find(({ Aliases }) => Aliases?.Items?.includes(domain)) ?? {};
      const { DistributionConfig } = await nameplate.ask<GetDistributionConfigResult>(
        'cloudfront',
        'GetDistributionConfig',
        { Id },
      );
      return JSON.stringify(DistributionConfig);
    }

    /** Asks for a switch, and lets time pass until no resolver remembers where viewers were led before. */
    async function switched(state: 'on' | 'off'): Promise<void> {
      const url = `${nameplate.aws.apiUrl}/v1/sites/${domain}/maintenance`;
      expect((await fetch(url, { method: 'PUT', body: JSON.stringify({ state }) })).status).toBe(202);
      await nameplate.ended(domain);
      await nameplate.aws.clock.advance(2 * MINUTE);
    }

    test('a plan shows the function with its price, and the site has it as declared', async () => {
      const plan = await nameplate.plan(nameplate.document(domain, documentWith(OFFICE.ipv4, '2001:db8:9::/64')));
      expect(plan.changes.filter(({ resource }) => resource.type === 'bypass')).toMatchObject([
        { verb: 'create', after: { addresses: ['192.0.2.10/32', '2001:db8:9::/64'] } },
      ]);
      expect(plan.cost.lines.map(({ what }) => what)).toContainEqual(expect.stringContaining('0.1 a million'));
      expect(plan.quotas.filter(({ quota }) => FEW.test(quota))).toEqual([
        { quota: expect.stringContaining('policy'), used: usedBefore[0], allowed: 100, granted: false, needs: 1 },
        { quota: 'CloudFront functions', used: usedBefore[1], allowed: 100, granted: false, needs: 1 },
      ]);
      const shown = await nameplate.onboard(domain, documentWith(OFFICE.ipv4, '2001:db8:9::/64'));
      expect([shown.state, shown.reason]).toEqual(['live', undefined]);
      expect(shown).toMatchObject({
        site: { failover: { bypass: { addresses: ['192.0.2.10/32', '2001:db8:9::/64'] } } },
      });
      expect(await used()).toEqual(usedBefore.map((few) => few + 1));
    });

    test('see it under its own names while others see the page, and neither gets what was kept for the other', async () => {
      await switched('on');
      for (const name of [domain, www]) {
        for (const family of [4, 6] as const) {
          expect(seen(await home.https(name, { family }))).toBe('page');
          expect(seen(await office.https(name, { family }))).toBe('site');
        }
        expect(seen(await nameplate.viewer.https(name))).toBe('page');
      }
      const told = await office.https(www, { path: '/headers?a=b', method: 'POST', body: 'c=d' });
      expect(told.status).toBe(200);
      expect(told.body.toLowerCase()).toContain(www);
    });

    test('get the page for what the site answers with an error', async () => {
      expect(seen(await office.https(domain, { path: '/not-there' }))).toBe('page');
    });

    test('see it by a function that was set back where another tool has deleted or changed it', async () => {
      await switched('off');
      await disturbed();
      await switched('on');
      expect([seen(await office.https(domain)), seen(await home.https(domain))]).toEqual(['site', 'page']);
    });

    test('are others once the document says so, while the page stays on', async () => {
      const shown = await nameplate.change(domain, documentWith(HOME.ipv4)).then(() => nameplate.ended(domain));
      expect([shown.state, shown.reason]).toEqual(['live', undefined]);
      await nameplate.aws.clock.advance(2 * MINUTE);
      expect([seen(await office.https(domain)), seen(await home.https(domain))]).toEqual(['page', 'site']);
      await switched('off');
      expect([seen(await office.https(domain)), seen(await home.https(domain))]).toEqual(['site', 'site']);
    });

    test('are none once the document has none: the function is gone, and the distribution has nothing of it', async () => {
      expect(await functions()).toEqual(withOurs());
      const shown = await nameplate.change(domain, documentWith()).then(() => nameplate.ended(domain));
      expect([shown.state, shown.reason]).toEqual(['live', undefined]);
      expect(await functions()).toEqual(without);
      expect(await distribution()).not.toContain('bypass');
    });

    test('leave nothing behind when the site is taken back', async () => {
      await nameplate.change(domain, documentWith(HOME.ipv4)).then(() => nameplate.ended(domain));
      expect(await functions()).toEqual(withOurs());
      expect((await nameplate.undo(domain)).status).toBe(202);
      await nameplate.ended(domain);
      expect(await functions()).toEqual(without);
    });
  });

  test('operators of a site that answers plain HTTP itself see it so while others see its page', async () => {
    const office = await Elsewhere.at(nameplate, OFFICE);
    const home = await Elsewhere.at(nameplate, HOME);
    try {
      const { zone, shop: domain } = boot.namesInZone();
      await aZone(nameplate, zone);
      const failover = { bypass: { addresses: [OFFICE.ipv4] } };
      const { state, reason } = await nameplate.onboard(domain, { edge: 'direct', failover });
      expect([state, reason]).toEqual(['live', undefined]);
      const url = `${nameplate.aws.apiUrl}/v1/sites/${domain}/maintenance`;
      expect((await fetch(url, { method: 'PUT', body: '{"state":"on"}' })).status).toBe(202);
      await nameplate.ended(domain);
      await nameplate.aws.clock.advance(2 * MINUTE);
      expect([seen(await office.http(domain)), seen(await home.http(domain))]).toEqual(['site', 'page']);
      // What is down stays so for operators: they see the page that everybody sees.
      nameplate.aws.ec2.web(nameplate.world.instanceId).fail(503);
      expect(seen(await office.http(domain))).toBe('page');
      nameplate.aws.ec2.web(nameplate.world.instanceId).fail(undefined);
      await nameplate.undo(domain);
      expect((await nameplate.ended(domain)).state).toBe('undone');
    } finally {
      await Promise.all([office.close(), home.close()]);
    }
  });
}
