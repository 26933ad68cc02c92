import { describe, expect, test } from '@jest/globals';
import { readSite } from '../../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../../aws/ledger/read-timeline.ts';
import { writeSite } from '../../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../../aws/ledger/write-step.ts';
import { Failure } from '../../../../domain/errors.ts';
import type { Made } from '../../../../domain/ledger/made.ts';
import { ledgerStep, type StepContext, type StepResult, step } from '../../../../functions/shared/steps/step.ts';
import { useLedger } from '../../../support/ledger.ts';
import { aSettledSiteItem, aSiteItem, aStepItem } from '../../../support/site.ts';

const ledger = useLedger();
const domain = 'shop.example.test';
const event = { domain, revision: 1 };
const context = { getRemainingTimeInMillis: () => 30_000 } as never;
const output = {
  hasLoadBalancer: true,
  joinsLoadBalancer: false,
  hasDistribution: false,
  hasFailover: false,
  hasAcme: false,
  makesInstance: false,
  exportsCertificate: false,
  releases: false,
} as const;
const zone: Made = { type: 'hosted zone', id: 'Z1', ours: true };

type Body = (context: StepContext) => Promise<StepResult<typeof output>>;
const done: Body = async () => ({ made: [zone], output, message: 'Made the zone' });
const failing =
  (error: unknown): Body =>
  async () => {
    throw error;
  };

/** Runs a step with this body, as the workflow would. */
const run = (body: Body, sent: typeof event = event) => step('ClaimSite', body)(sent, context);
const onlyStep = async () => (await readSite(ledger, domain))?.steps[0];
const timeline = async () =>
  (await readSite(ledger, domain, { timeline: NEWEST }))?.timeline.map(({ message }) => message);

async function withSite(changes: Parameters<typeof aSiteItem>[0] = {}): Promise<void> {
  await writeSite(ledger, aSiteItem(changes), { over: undefined });
}

describe('a step', () => {
  test('gives its body the site and answers with the output', async () => {
    await withSite();
    let seen: StepContext | undefined;
    const answer = await run(async (given) => {
      seen = given;
      return done(given);
    });
    expect(answer).toEqual(output);
    expect(seen).toMatchObject({ event, item: aSiteItem(), site: aSiteItem().site, previous: undefined });
    expect(seen?.environment).toMatchObject({ tableName: ledger.table, stackName: 'Nameplate' });
    expect(seen?.remaining()).toBe(30_000);
  });

  test('has told the ledger of its intent before its body runs', async () => {
    await withSite();
    await run(async (given) => {
      expect(await onlyStep()).toMatchObject({ name: 'ClaimSite', state: 'running', revision: 1, made: [] });
      return done(given);
    });
  });

  test('tells the ledger how it went', async () => {
    await withSite();
    await run(done);
    expect(await onlyStep()).toMatchObject({ state: 'done', made: [zone], output, message: 'Made the zone' });
    expect(await timeline()).toEqual(['Made the zone']);
  });

  test('writes nothing when it runs a second time and finds the same', async () => {
    await withSite();
    await run(done);
    const before = await ledger.everything();
    let previous: unknown;
    const again: Body = async (given) => {
      previous = given.previous;
      return { made: [{ ...zone, ours: false }], output, message: 'Found the zone' };
    };
    expect(await run(again)).toEqual(output);
    expect(await ledger.everything()).toEqual(before);
    expect(previous).toMatchObject({ state: 'done', output, made: [zone] });
  });

  test('W7: keeps its beginning when it runs again after a crash', async () => {
    await withSite();
    await expect(run(failing(new Failure('Throttled', 'Busy')))).rejects.toThrow('Busy');
    const { startedAt } = (await onlyStep()) ?? {};
    await run(done);
    expect(await onlyStep()).toMatchObject({ startedAt, state: 'done' });
  });

  test('writes down what was made as soon as it says so, and keeps it when it fails afterwards', async () => {
    await withSite();
    const body: Body = async ({ keep }) => {
      await keep(zone);
      expect(await onlyStep()).toMatchObject({ state: 'running', made: [zone] });
      throw new Failure('Conflict', 'A foreign record is in the way');
    };
    await expect(run(body)).rejects.toThrow('A foreign record is in the way');
    expect(await onlyStep()).toMatchObject({ state: 'failed', made: [zone] });
  });

  test('keeps in sight what an earlier revision made', async () => {
    await withSite({ revision: 1 });
    await run(done);
    await writeSite(ledger, aSiteItem({ revision: 2 }), { over: aSiteItem() });
    const other: Made = { type: 'hosted zone', id: 'Z2', ours: true };
    await run(async () => ({ made: [other], output, message: 'Made another' }), { domain, revision: 2 });
    expect(await onlyStep()).toMatchObject({ revision: 2, made: [zone, other] });
  });
});

describe('a step that fails', () => {
  test('waits, with what it waits for, when it is not ready', async () => {
    await withSite();
    await expect(run(failing(new Failure('NotReady', 'The registrar does not delegate yet')))).rejects.toMatchObject({
      name: 'NotReady',
    });
    expect(await onlyStep()).toMatchObject({ state: 'waiting', waitingFor: 'The registrar does not delegate yet' });
    expect(await timeline()).toEqual(['The registrar does not delegate yet']);
  });

  test('writes nothing while it waits for the same', async () => {
    await withSite();
    const waiting = failing(new Failure('NotReady', 'The registrar does not delegate yet'));
    await expect(run(waiting)).rejects.toThrow();
    const before = await ledger.everything();
    for (let turn = 0; turn < 3; turn += 1) await expect(run(waiting)).rejects.toThrow();
    expect(await ledger.everything()).toEqual(before);
  });

  test('B9: keeps five entries about what it waits for, however often that changes, and the last one true', async () => {
    await withSite();
    for (let turn = 0; turn < 40; turn += 1)
      await expect(run(failing(new Failure('NotReady', `The server answers ${turn}`)))).rejects.toThrow();
    expect(await timeline()).toEqual([0, 1, 2, 3, 39].map((turn) => `The server answers ${turn}`));
    expect(await onlyStep()).toMatchObject({ waitingFor: 'The server answers 39' });
    await run(done);
    expect((await timeline())?.at(-1)).toBe('Made the zone');
  });

  test('B9: is refused with a sentence when the ledger cannot hold what it made', async () => {
    await withSite();
    const made = Array.from(
      { length: 5_000 },
      (_, place): Made => ({
        type: 'record',
        id: `${place}-${'x'.repeat(90)}`,
        ours: true,
      }),
    );
    await expect(run(async () => ({ made, output, message: 'Made many' }))).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('the ledger holds 400 KiB'),
    });
  });

  test('no longer waits when it is done', async () => {
    await withSite();
    await expect(run(failing(new Failure('NotReady', 'Not yet')))).rejects.toThrow();
    await run(done);
    expect(await onlyStep()).not.toHaveProperty('waitingFor');
    expect(await timeline()).toEqual(['Not yet', 'Made the zone']);
  });

  test('A6: shows that AWS does not answer when it has tried for minutes, and not that it waits for anything else', async () => {
    await withSite();
    const busy = failing(new Failure('Throttled', 'AWS is busy or unreachable'));
    const startedAt = new Date(Date.now() - 180_000).toISOString();
    await writeStep(ledger, domain, aStepItem('ClaimSite', { state: 'running', startedAt }));
    await expect(run(busy)).rejects.toMatchObject({ name: 'Throttled' });
    expect(await onlyStep()).toMatchObject({ state: 'waiting', waitingFor: 'AWS is busy or unreachable' });
    expect(await timeline()).toEqual([]);
    await expect(run(failing(new Failure('NotReady', 'Not delegated')))).rejects.toThrow();
    await expect(run(busy)).rejects.toThrow();
    expect(await onlyStep()).toMatchObject({ state: 'waiting', waitingFor: 'Not delegated' });
  });

  test('is left as it was when AWS is busy', async () => {
    await withSite();
    await expect(run(failing(new Failure('Throttled', 'Busy')))).rejects.toMatchObject({ name: 'Throttled' });
    expect(await onlyStep()).toMatchObject({ state: 'running' });
    expect(await timeline()).toEqual([]);
  });

  test.each(['Conflict', 'Misconfigured', 'Refused', 'QuotaReached'] as const)('has failed with %s', async (name) => {
    await withSite();
    await expect(run(failing(new Failure(name, 'Cannot go on: mend it')))).rejects.toMatchObject({ name });
    expect(await onlyStep()).toMatchObject({ state: 'failed', message: 'Cannot go on: mend it' });
    expect(await timeline()).toEqual(['Cannot go on: mend it']);
  });

  const denied = Object.assign(new Error('not authorized to perform: acm:RequestCertificate'), {
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 400 },
  });

  test('W15: looks once more when AWS denies it what a worker before it may have done', async () => {
    await withSite();
    await expect(run(failing(new Failure('Throttled', 'Busy')))).rejects.toThrow();
    await expect(run(failing(denied))).rejects.toMatchObject({ name: 'Denied' });
    expect(await onlyStep()).toMatchObject({ state: 'running' });
  });

  test('turns what AWS says into a failure of the family', async () => {
    await withSite();
    await expect(run(failing(denied))).rejects.toMatchObject({ name: 'Refused' });
    expect((await onlyStep())?.message).toContain('acm:RequestCertificate');
  });

  test('stops with an error that nobody knows, as it came', async () => {
    await withSite();
    const unknown = Object.assign(new Error('Strange'), { name: 'InvalidChangeBatch', $metadata: {} });
    await expect(run(failing(unknown))).rejects.toBe(unknown);
    expect(await onlyStep()).toMatchObject({ state: 'failed', message: 'Strange' });
  });

  test('may run again after it failed', async () => {
    await withSite();
    await expect(run(failing(new Failure('Conflict', 'In the way')))).rejects.toThrow();
    await run(async (given) => {
      expect(await onlyStep()).toMatchObject({ state: 'running' });
      return done(given);
    });
    expect(await onlyStep()).toMatchObject({ state: 'done', message: 'Made the zone' });
  });
});

describe('a stale worker', () => {
  const neverRuns: Body = async () => {
    throw new Error('The body ran');
  };

  test('is refused when the site is at another revision', async () => {
    await withSite({ revision: 2 });
    await expect(run(neverRuns)).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringMatching(/revision 2 has taken its place/),
    });
    expect(await onlyStep()).toBeUndefined();
  });

  test('is refused when the operation has ended', async () => {
    await writeSite(ledger, aSettledSiteItem(), { over: undefined });
    await expect(run(neverRuns)).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringMatching(/its operation has ended/),
    });
  });

  test('is refused when there is no such site', async () => {
    await expect(run(neverRuns)).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringMatching(/no such site/),
    });
  });

  test('W12: writes nothing once a later revision has written the step', async () => {
    await withSite();
    const overtaken: Body = async (given) => {
      await writeSite(ledger, aSiteItem({ revision: 2 }), { over: aSiteItem() });
      await run(done, { domain, revision: 2 });
      return { ...(await done(given)), message: 'Stale' };
    };
    await expect(run(overtaken)).rejects.toMatchObject({ name: 'Refused' });
    expect(await onlyStep()).toMatchObject({ revision: 2, message: 'Made the zone' });
  });
});

describe('the kill switch', () => {
  const neverRuns: Body = async () => {
    throw new Error('The body ran');
  };
  const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException', $metadata: {} });

  test('S14: fails a step before it does anything, with what to do, and the ledger tells', async () => {
    await withSite();
    ledger.killSwitch('stopped');
    const message = `All changes are stopped: the parameter "/nameplate/${ledger.table}/mutation" is "stopped". Set it to "allowed", then resume the site`;
    await expect(run(neverRuns)).rejects.toMatchObject({ name: 'Stopped', message });
    expect(await onlyStep()).toMatchObject({ state: 'failed', message, made: [] });
    expect(await timeline()).toEqual([message]);
  });

  test('S14: lets a step go on that changes nothing but the ledger, which does not ask', async () => {
    await withSite();
    ledger.killSwitch(denied);
    expect(await ledgerStep('ClaimSite', done)(event, context)).toEqual(output);
  });

  test('S14: that cannot be read for good stops as well', async () => {
    await withSite();
    ledger.killSwitch(denied);
    await expect(run(neverRuns)).rejects.toMatchObject({
      name: 'Stopped',
      message: expect.stringContaining('cannot be read (AWS denies it'),
    });
  });

  test('S14: that cannot be read now leaves the step as it is, to be tried again', async () => {
    await withSite();
    ledger.killSwitch(Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $metadata: {} }));
    await expect(run(neverRuns)).rejects.toMatchObject({ name: 'Throttled' });
    expect(await onlyStep()).toBeUndefined();
    ledger.killSwitch('allowed');
    expect(await run(done)).toEqual(output);
  });
});

test('an event without a domain or a revision is an error', async () => {
  await expect(run(done, {} as never)).rejects.toThrow('its event needs a "domain" and a "revision"');
});
