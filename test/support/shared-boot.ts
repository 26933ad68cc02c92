import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { LocalAwsOptions } from '../../local/local-aws.ts';
import { Nameplate } from './nameplate.ts';
import { secondRun } from './second-run.ts';

/** ACM notices only later that nothing uses a certificate any more, and a target group drains its targets for minutes. */
const SETTLED_MS = 20 * 60_000;

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

/** Boots once for all tests of a file or a group, and looks at nothing after them: each takes back or keeps what it likes. */
export function bootedOnce(options: Parameters<typeof Nameplate.boot>[0] = {}): Booted {
  let booted: Nameplate | undefined;
  beforeAll(async () => {
    booted = await Nameplate.boot(options);
  });
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
 * own where it needs an address, removes its records from the registrar, ends or holds what runs, and compares the
 * account before and after instead of counting in it.
 */
export function sharedBoot(options: Partial<LocalAwsOptions> = {}): SharedBoot {
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
    const { aws, world } = boot.nameplate;
    const running = aws.states.running();
    if (running.length > 0) throw new Error(`The test left executions running: ${running.join(', ')}`);
    aws.ec2.web(world.instanceId).fail(undefined);
    aws.ec2.web(world.instanceId).insist({});
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
