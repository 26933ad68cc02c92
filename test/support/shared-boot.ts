import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { Nameplate } from './nameplate.ts';
import { secondRun } from './second-run.ts';

/** ACM notices only later that nothing uses a certificate any more, and a target group drains its targets for minutes. */
const SETTLED_MS = 20 * 60_000;

type BootOptions = Parameters<typeof Nameplate.boot>[0];

/** The names of one test: no other test of the boot uses them. */
export interface TestNames {
  /** "example.test", or a zone that belongs to the test. */
  zone: string;
  shop: string;
  www: string;
  direct: string;
}

/** A boot of the stories of a group. */
export interface Booted {
  readonly nameplate: Nameplate;
}

/** A boot that the tests of a file share. */
export interface SharedBoot extends Booted {
  /** Names that no test has used yet; below "example.test", which the registrar serves. */
  names(): TestNames;
  /** Names that no test has used yet, below a zone that no test has used yet and that does not exist yet. */
  namesInZone(): TestNames;
}

/**
 * Boots once for all tests of a file or a group. Each takes its sites back or keeps them, as it likes, and ends or holds what runs. No
 * trouble that one made outlives it: one that fails drags no other along.
 */
export function bootedOnce(options: BootOptions = {}): Booted {
  let booted: Nameplate | undefined;
  beforeAll(async () => {
    booted = await Nameplate.boot(options);
  });
  afterEach(() => booted && withoutTrouble(booted));
  afterAll(() => booted?.aws.close());
  return {
    get nameplate() {
      if (!booted) throw new Error('Cannot use the shared boot before the first test begins');
      return booted;
    },
  };
}

/**
 * Boots once for all tests of a file or a group, and runs the first site of each end a second time: every site's would take a
 * quarter of the time, and test/contract runs each resource twice anyway. A boot and its first onboarding cost four times what a further onboarding costs. A test uses names of its own and an instance of its
 * own where it needs an address, removes its records from the registrar, and compares the account before and after instead of
 * counting in it.
 */
export function sharedBoot(options: BootOptions = {}): SharedBoot {
  const booted = bootedOnce(options);
  let count = 0;
  /** Up to where the calls of earlier tests are. */
  let mark = 0;
  const repeated = new Set<string>();
  const boot = {
    get nameplate() {
      return booted.nameplate;
    },
    names: () => named(`shop${++count}`, 'example.test'),
    namesInZone: () => named('shop', `zone${++count}.test`),
  };
  afterEach(async () => {
    const { aws } = boot.nameplate;
    // What has changed nothing leaves nothing to settle.
    if (boot.nameplate.mutatingCalls(mark).length === 0) return;
    for (const [end, domain] of await ends(boot.nameplate)) {
      if (repeated.has(end)) continue;
      repeated.add(end);
      await secondRun(boot.nameplate, [domain]);
    }
    await aws.clock.advance(SETTLED_MS);
    mark = aws.calls.mark();
  });
  return boot;
}

/**
 * Takes back the trouble that a test may have made: faults and outages, what the instance's web server was told to do, a CAA record at
 * the registrar. Stops what it left running.
 *
 * @throws {Error} naming the executions that it left running
 */
export async function withoutTrouble({ aws, world, ask }: Nameplate): Promise<void> {
  aws.faults.clear();
  aws.events.faults.clear();
  aws.acm.rollout.resume();
  aws.registrar.removeRecords('example.test', 'CAA');
  const web = aws.ec2.web(world.instanceId);
  web.fail(undefined);
  web.insist({});
  const running = aws.states.running();
  if (running.length === 0) return;
  for (const executionArn of running) await ask('states', 'StopExecution', { executionArn });
  await aws.clock.until(() => aws.states.running().length === 0);
  throw new Error(`The test left executions running: ${running.join(', ')}`);
}

/** How sites have ended since this was asked last, by the steps that brought them there; the first of each. */
async function ends(nameplate: Nameplate): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const domain of await nameplate.changed()) {
    const { state, steps, revision } = await nameplate.show(domain);
    const taken = steps.filter((step) => step.revision === revision).map(({ name }) => name);
    const end = [state, ...taken.sort()].join(' ');
    if (!found.has(end)) found.set(end, domain);
  }
  return found;
}

function named(label: string, zone: string): TestNames {
  const shop = `${label}.${zone}`;
  return { zone, shop, www: `www.${shop}`, direct: `direct.${shop}` };
}
