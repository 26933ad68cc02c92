import { expect, test } from '@jest/globals';
import { readEnvironment } from '../../../../aws/environment.ts';
import { readSwitch, refuseWhileStopped, stoppedLately } from '../../../../functions/shared/sites/kill-switch.ts';
import { useLedger } from '../../../support/ledger.ts';

const ledger = useLedger();
const at = (seconds: number) => new Date(Date.parse('2026-11-22T12:00:00Z') + seconds * 1_000);
const lately = (seconds: number) => stoppedLately(readEnvironment(), at(seconds));

test('S14: "allowed" is believed for less than 20 s, then asked for again', async () => {
  expect(await lately(0)).toBeUndefined();
  ledger.killSwitch('stopped');
  expect(await lately(19)).toBeUndefined();
  expect(await lately(20)).toContain('All changes are stopped');
});

test('S14: "stopped" is asked for every time, so that a release counts at once', async () => {
  ledger.killSwitch('stopped');
  expect(await lately(0)).toContain('All changes are stopped');
  ledger.killSwitch('allowed');
  expect(await lately(1)).toBeUndefined();
});

test('S14: a request that would begin something asks now, whatever was seen lately', async () => {
  expect(await readSwitch(readEnvironment(), at(0))).toBeUndefined();
  ledger.killSwitch('stopped');
  await expect(refuseWhileStopped(readEnvironment(), at(1))).rejects.toMatchObject({
    problem: { status: 503, type: 'urn:nameplate:problem:changes-stopped' },
    message: expect.stringContaining('Set it to "allowed", then ask again'),
  });
});

test('A9: a name that Parameter Store refuses as malformed stops all changes, and is not taken for a parameter that is absent', async () => {
  ledger.killSwitch(Object.assign(new Error('Parameter name: malformed'), { name: 'ValidationException' }));
  expect(await readSwitch(readEnvironment(), at(0))).toMatch(/cannot be read \(.*Parameter name: malformed/);
});
