import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, test } from '@jest/globals';
import { MAX_REQUESTS } from '../../domain/certificates/rerequest-policy.ts';
import { type AnEngine, anEngine, thrown } from '../local/states/engine.ts';
import { deployed } from '../support/asl.ts';

const HOUR_MS = 3_600_000;
/** What ACM's window is in hours, and what `rerequest()` rests. */
const WINDOW = 72;
const RESTS = [1, 2, 4, 8];
/** What thirty days of looking for the delegation take of the 25,000 events that an execution may have. */
const EVENTS_LEFT = 25_000 - 13_000;

const workflow = JSON.parse(deployed('Onboard'));
/** The branch that gets the certificate, as a workflow of its own. */
const [branch] = workflow.States.Onboard.Branches[0].States.PrepareEdge.Branches;

let engine: AnEngine;
afterEach(() => engine.close());

/** Steps that do as those of the product while ACM sees nothing: every request times out, up to the one that is `issued`. */
async function whereAcmSeesNothing({ givesUpAfter = MAX_REQUESTS, issued = Number.POSITIVE_INFINITY } = {}) {
  const requestedAt: number[] = [];
  const looks: number[] = [];
  const now = () => engine.clock.now().getTime();
  const asked = () => requestedAt.length;
  engine = await anEngine({
    functions: {
      Certificate: ({ phase }: { phase: string }) => {
        if (phase === 'discard') {
          const restHours = WINDOW + (RESTS[asked() - 1] ?? 0);
          return { askAgainAt: new Date((requestedAt.at(-1) ?? 0) + restHours * HOUR_MS).toISOString() };
        }
        requestedAt.push(now());
        return {};
      },
      ValidationRecord: () => ({}),
      AwaitCertificate: async ({ taskToken }: { taskToken: string }) => {
        looks.push(now());
        if (asked() === issued) await engine.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
        if (now() < (requestedAt.at(-1) ?? 0) + WINDOW * HOUR_MS) return;
        throw asked() < givesUpAfter ? thrown('Awaited') : thrown('Misconfigured', 'nothing was seen');
      },
    },
  });
  const arn = await engine.start(branch, { input: { domain: 'shop.example.test', revision: 1 } });
  return { arn, requestedAt, looks };
}

const hoursSince = (begin: number, instants: number[]) => instants.map((at) => Math.round((at - begin) / HOUR_MS));

describe('A7: the branch that gets the certificate', () => {
  test('asks ACM five times in fifteen days, then fails with what the step says', async () => {
    const { arn, requestedAt } = await whereAcmSeesNothing();
    const { execution } = await engine.end(arn);
    const [begin = 0] = requestedAt;
    expect(hoursSince(begin, requestedAt)).toEqual([0, 73, 147, 223, 303]);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Misconfigured' });
    expect(hoursSince(begin, [execution.stopDate?.getTime() ?? 0])).toEqual([375]);
  });

  test('W1: does so within the events and the time that thirty days of delegation leave', async () => {
    const { arn, looks } = await whereAcmSeesNothing();
    const { execution, events } = await engine.end(arn);
    const [entered = 0, next = 0] = events.flatMap(({ type, id = 0 }) => (type === 'TaskSubmitted' ? [id] : []));
    const eventsOfALook = next - entered;
    expect(eventsOfALook).toBeGreaterThan(0);
    expect(looks.length * eventsOfALook).toBeLessThan(EVENTS_LEFT * 0.6);
    const days = ((execution.stopDate?.getTime() ?? 0) - (execution.startDate?.getTime() ?? 0)) / (24 * HOUR_MS);
    expect(workflow.TimeoutSeconds).toBeGreaterThan((30 + days + 4) * 24 * 3_600);
  });

  test('ends well with the first request that is answered', async () => {
    const { arn, requestedAt } = await whereAcmSeesNothing({ issued: 3 });
    expect((await engine.end(arn)).execution.status).toBe('SUCCEEDED');
    expect(requestedAt).toHaveLength(3);
  });

  test('is left at once by a failure that asking anew does not mend', async () => {
    const { arn, requestedAt } = await whereAcmSeesNothing({ givesUpAfter: 1 });
    const { execution } = await engine.end(arn);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Misconfigured' });
    expect(requestedAt).toHaveLength(1);
  });
});
