import { type LocalAws, startLocalAws } from '../../local/local-aws.ts';
import { Api } from '../api.ts';
import { isServing, makeWorld } from '../world.ts';

/** What one plan took. */
export interface Planned {
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
 * it stands, by functions that start cold, and when all of it is live.
 */
export async function measurePlans(assembly: string, seed: number): Promise<Planned[]> {
  const aws = await startLocalAws({ assembly, seed, speed: 0, unluckyShare: 0 });
  try {
    const world = await makeWorld(aws.url, aws.region);
    await aws.clock.until(() => isServing(aws, world));
    const document = JSON.stringify({
      domain: DOMAIN,
      aliases: [`www.${DOMAIN}`],
      directName: `direct.${DOMAIN}`,
      origin: { instance: { id: world.instanceId } },
    });
    const before = await measure(aws, document);
    await new Api(aws.apiUrl).declare(document);
    await aws.clock.until(() => aws.states.running().length === 0);
    return [before, await measure(aws, document)];
  } finally {
    await aws.close();
  }
}

async function measure(aws: LocalAws, document: string): Promise<Planned> {
  const mark = aws.calls.mark();
  const startedAt = performance.now();
  await new Api(aws.apiUrl).plan(document);
  const seconds = (performance.now() - startedAt) / 1000;
  const calls = aws.calls.since(mark).filter(({ principal }) => principal.includes('-CreatePlan'));
  const changing = calls.filter(({ mutating }) => mutating);
  return {
    seconds,
    reads: calls.length - changing.length,
    mutating: changing.filter(({ service }) => service !== 'dynamodb').length,
    ledgerWrites: changing.filter(({ service }) => service === 'dynamodb').length,
  };
}
