import { describe, expect, test } from '@jest/globals';
import type { UndoTarget } from '../../../domain/sites/life/operations.ts';
import { cancelledReason, reasonOf, stoppedReason } from '../../../domain/sites/reason.ts';
import { aStepItem } from '../../support/site.ts';

const cause = (errorMessage: string) => JSON.stringify({ errorType: 'x', errorMessage, trace: [] });
/** The cause as the workflow passes it on. */
const causeOf = (step: string, message: string) => JSON.stringify({ step, cause: cause(message) });

describe('reasonOf()', () => {
  test('says what the step said', () => {
    const steps = [
      aStepItem('FindZone'),
      aStepItem('CheckRecords', { state: 'failed', message: 'A foreign record: remove it' }),
    ];
    expect(
      reasonOf({ Error: 'Conflict', Cause: causeOf('CheckRecords', 'A foreign record: remove it') }, steps),
    ).toEqual({
      step: 'CheckRecords',
      error: 'Conflict',
      message: 'A foreign record: remove it',
    });
  });

  test('says what was waited for in vain', () => {
    const steps = [
      aStepItem('CreateLoadBalancer', { state: 'running', startedAt: '2026-11-22T13:00:00.000Z' }),
      aStepItem('CheckDelegation', { state: 'waiting', waitingFor: 'It says this again each time' }),
    ];
    const Cause = causeOf('CheckDelegation', 'The registrar does not delegate yet');
    expect(reasonOf({ Error: 'NotReady', Cause }, steps)).toEqual({
      step: 'CheckDelegation',
      error: 'NotReady',
      message: 'Gave up waiting: The registrar does not delegate yet; see to it, then declare the site again',
    });
  });

  test('names the step that ran out of time by what the workflow says, whichever was begun last', () => {
    const steps = [
      aStepItem('RequestCertificate', { state: 'running', startedAt: '2026-11-22T12:00:02.000Z' }),
      aStepItem('CreateLoadBalancer', { state: 'running', startedAt: '2026-11-22T12:00:03.000Z' }),
    ];
    const Cause = JSON.stringify({ step: 'RequestCertificate', cause: '' });
    expect(reasonOf({ Error: 'States.Timeout', Cause }, steps).step).toBe('RequestCertificate');
  });

  test('names the step that was begun last when it ran out of time under a former workflow', () => {
    const steps = [
      aStepItem('FindZone'),
      aStepItem('CheckDelegation', { state: 'running', startedAt: '2026-11-22T12:00:02.000Z' }),
      aStepItem('RequestCertificate', { state: 'running', startedAt: '2026-11-22T12:00:03.000Z' }),
    ];
    expect(reasonOf({ Error: 'States.Timeout' }, steps)).toEqual({
      step: 'RequestCertificate',
      error: 'Unknown',
      message: 'The step did not end in time; declare the site again to go on where it stopped',
    });
  });

  test('names the step that failed last under a former workflow', () => {
    const at = (second: number) => ({ state: 'failed' as const, endedAt: `2026-11-22T12:00:0${second}.000Z` });
    const steps = [aStepItem('A', at(1)), aStepItem('B', at(3)), aStepItem('C', at(2))];
    expect(reasonOf({ Error: 'Refused', Cause: cause('Something else') }, steps).step).toBe('B');
  });

  test.each([
    [{ Error: 'TypeError', Cause: cause('undefined is not a function') }, /\(TypeError: undefined is not a function\)/],
    [
      { Error: 'Lambda.Unknown', Cause: 'The function did not answer' },
      /\(Lambda.Unknown: The function did not answer\)/,
    ],
    [{ Error: 'States.Runtime', Cause: 'null' }, /\(States.Runtime: null\)/],
    [{ Error: 'Odd', Cause: '{"errorMessage": 7}' }, /\(Odd: /],
    [{}, /^Something unexpected stopped it/],
  ])('calls %j unknown, and says so', (error, message) => {
    expect(reasonOf(error, [])).toEqual({ step: 'Onboard', error: 'Unknown', message: expect.stringMatching(message) });
  });

  test('reads the message of a cause that was cut', () => {
    for (const end of ['', '\\', '\\u', '\\u00', '\\u00e9']) {
      const cut = `{"errorType":"Conflict","errorMessage":"In the \\"way\\"${end}`;
      expect(reasonOf({ Error: 'Conflict', Cause: cut }, []).message).toMatch(/^In the "way"é?$/);
    }
  });

  test('S10: keeps control characters and long texts out of the ledger', () => {
    const { message } = reasonOf({ Error: 'Conflict', Cause: cause(`a\u001b[31m${'x'.repeat(5_000)}`) }, []);
    expect(message).not.toMatch(/\p{Cc}/u);
    expect(message.length).toBeLessThanOrEqual(1_024);
  });
});

test('cancelledReason() names the last step where it stops between two of them', () => {
  const steps = [
    aStepItem('WritePage', { startedAt: '2026-11-22T12:00:00.000Z' }),
    aStepItem('CreateBypass', { startedAt: '2026-11-22T12:00:05.000Z' }),
  ];
  expect(cancelledReason({ steps, to: 'live' }).step).toBe('CreateBypass');
});

describe.each([
  [
    'cancelledReason()',
    (to: UndoTarget) => cancelledReason({ steps: [aStepItem('PointRecords', { state: 'running' })], to }),
  ],
  [
    'stoppedReason()',
    (to: UndoTarget) =>
      stoppedReason('ABORTED', { steps: [aStepItem('PointRecords', { state: 'running' })], to, operation: 'change' }),
  ],
])('%s', (_, reason) => {
  test.each([
    ['nothing', 'take back what was made'],
    ['live', 'go back to what was live'],
  ] as const)('says that an undo which leads to %s would %s', (to, words) => {
    expect(reason(to)).toEqual({
      step: 'PointRecords',
      error: 'Cancelled',
      message: expect.stringMatching(new RegExp(`: resume it to go on, or undo it to ${words}$`)),
    });
  });
});
