import { expect, test } from '@jest/globals';
import { startups } from '../../../cli/bench/startup.ts';
import { BuiltCommand } from '../../support/built-command.ts';

/** A Node that does nothing takes 22 ms of CPU where --help may take 150 and a list 400: so many times on any machine. */
const MOST_TIMES = [150 / 22, 400 / 22, 400 / 22];

test('the command starts within its targets, as multiples of a Node that does nothing', async () => {
  const nameplate = new BuiltCommand();
  try {
    const rows = await startups(nameplate.file, 5);
    expect(rows.map(({ what }) => what)).toEqual([
      'nameplate --help',
      'nameplate list',
      'nameplate list, signed for a stack',
    ]);
    const times = rows.map(({ values: { cpu = 0, node = 0 } }) => cpu / node);
    expect(times.map((each, at) => each > 1 && each <= (MOST_TIMES[at] ?? 0))).toEqual([true, true, true]);
  } finally {
    nameplate.remove();
  }
});
