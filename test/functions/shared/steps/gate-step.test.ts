import { describe, expect, test } from '@jest/globals';
import type { Verdict } from '../../../../domain/gates/verdict.ts';
import { gateStep } from '../../../../functions/shared/steps/gate-step.ts';
import type { Gate, GateScope } from '../../../../resources/gate.ts';
import { useLedger } from '../../../support/ledger.ts';
import { context, event, givenSite, givenStep, theStep } from '../../../support/steps.ts';

const ledger = useLedger();
const until = new Date('2026-11-25T12:00:00.000Z');
type Nothing = Record<string, never>;

/** The step of a gate that comes to this verdict. */
async function passed(verdict: Verdict<Nothing>, { restored = false }: { restored?: boolean } = {}) {
  const scopes: GateScope[] = [];
  const gate: Gate<'AwaitSync', undefined> = {
    name: 'AwaitSync',
    look: async () => undefined,
    judge: (_, scope) => {
      scopes.push(scope);
      return verdict;
    },
  };
  const output = await gateStep(gate, () => ({}))({ ...event, restored }, context);
  return { output, scopes };
}

const began = (minutesAgo: number) =>
  givenStep(ledger, {
    name: 'AwaitSync',
    state: 'waiting',
    startedAt: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
    looks: 20,
  });
const ailing = { state: 'ailing', message: 'It answers 502', failure: 'It answers 502. Mend it' } as const;

describe('gateStep()', () => {
  test('ends the step where the gate is open', async () => {
    await givenSite(ledger);
    const { output } = await passed({ state: 'open', message: 'All is well', output: {} });
    expect(output).toEqual({});
    expect(await theStep(ledger, 'AwaitSync')).toMatchObject({ state: 'done', message: 'All is well' });
  });

  test('leaves the step waiting where it is closed, with what for and until when', async () => {
    await givenSite(ledger);
    await expect(passed({ state: 'closed', message: 'Waiting', until })).rejects.toMatchObject({ name: 'NotReady' });
    expect(await theStep(ledger, 'AwaitSync')).toMatchObject({
      state: 'waiting',
      waitingFor: 'Waiting',
      waitingUntil: until.toISOString(),
    });
  });

  test.each<[string, Verdict<Nothing>, string]>([
    ['sends the workflow back at once', { state: 'redo', message: 'It is gone' }, 'Missing'],
    ['sends the workflow back later', { state: 'redo', message: 'It timed out', at: until }, 'Awaited'],
    ['fails as it is judged', { state: 'failed', name: 'Unproven', message: 'It is not yours' }, 'Unproven'],
  ])('%s', async (_, verdict, name) => {
    await givenSite(ledger);
    await expect(passed(verdict)).rejects.toMatchObject({ name, message: verdict.message });
  });

  test('gives what is ailing five minutes, and then up', async () => {
    await givenSite(ledger);
    await began(4);
    await expect(passed(ailing)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringMatching(/^It answers 502\. The step looks again for 5 minutes, and 8 times at least/),
    });
    await began(6);
    await expect(passed(ailing)).rejects.toMatchObject({ name: 'Misconfigured', message: ailing.failure });
  });

  test('tells the gate how long it has waited, whether it looks again and whether the execution has restored', async () => {
    await givenSite(ledger);
    const open = { state: 'open', message: 'All is well', output: {} } as const;
    const { scopes: first } = await passed(open);
    expect(first).toMatchObject([{ again: false, restored: false, waitedMs: expect.any(Number) }]);
    await began(4);
    const { scopes } = await passed(open, { restored: true });
    expect(scopes).toMatchObject([{ again: true, restored: true }]);
    expect(scopes[0]?.waitedMs).toBeGreaterThanOrEqual(4 * 60_000);
  });
});
