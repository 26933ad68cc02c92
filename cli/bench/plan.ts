import { type LocalAws, startLocalAws } from '../../local/local-aws.ts';
import { Api } from '../api.ts';
import { isServing, makeWorld } from '../world.ts';

/** What one plan took. */
export interface Planned {
  /** Of nothing that stands, of what is live as it is declared, or of a live site that changes. */
  of: 'first' | 'live' | 'change';
  /** By the wall clock, from request to answer. */
  seconds: number;
  /** Calls to AWS that only look, the ledger's included. */
  reads: number;
  /** Calls that change something in the account. */
  mutating: number;
  /** The plan itself, as it is kept to be applied. */
  ledgerWrites: number;
}

const DOMAIN = 'shop.bench.test';

/**
 * Plans a site behind a load balancer, with a second name and one that leads straight to the instance: before anything of
 * it stands, by functions that start cold; when all of it is live; and with another second name, other access, no redirect
 * and nothing straight to the instance any more.
 */
export async function measurePlans(assembly: string, seed: number): Promise<Planned[]> {
  const aws = await startLocalAws({ assembly, seed, speed: 0, unluckyShare: 0 });
  try {
    const world = await makeWorld(aws.url, aws.region);
    await aws.clock.until(() => isServing(aws, world));
    const origin = { instance: { id: world.instanceId } };
    const site = { domain: DOMAIN, aliases: [`www.${DOMAIN}`], directName: `direct.${DOMAIN}`, origin };
    const other = { domain: DOMAIN, aliases: [`blog.${DOMAIN}`], http: 'reject', access: ['203.0.113.0/24'], origin };
    const first = await measure(aws, site);
    await new Api(aws.apiUrl).declare(JSON.stringify(site));
    await aws.clock.until(() => aws.states.running().length === 0);
    return [
      { of: 'first', ...first },
      { of: 'live', ...(await measure(aws, site)) },
      { of: 'change', ...(await measure(aws, other)) },
    ];
  } finally {
    await aws.close();
  }
}

async function measure(aws: LocalAws, site: object): Promise<Omit<Planned, 'of'>> {
  const mark = aws.calls.mark();
  const startedAt = performance.now();
  await new Api(aws.apiUrl).plan(JSON.stringify(site));
  const seconds = (performance.now() - startedAt) / 1000;
  const calls = aws.calls
    .since(mark)
    // One function of ours asks the other: neither reads AWS by that.
    .filter(({ principal, service }) => /-(CreatePlan|SurveyAccount)/.test(principal) && service !== 'lambda');
  const changing = calls.filter(({ mutating }) => mutating);
  return {
    seconds,
    reads: calls.length - changing.length,
    mutating: changing.filter(({ service }) => service !== 'dynamodb').length,
    ledgerWrites: changing.filter(({ service }) => service === 'dynamodb').length,
  };
}
