import type { Retrier } from './states.ts';

const SECONDS: Record<string, number> = { s: 1, min: 60, h: 3_600, days: 86_400 };
const SPAN = String.raw`(\d+) (s|min|h|days)`;
const EVERY = new RegExp(`^every ${SPAN}, for ${SPAN}$`);
const GROWING = new RegExp(String.raw`^from ${SPAN}(?: by (\d+\.\d+))? to ${SPAN}, for ${SPAN}$`);

/** How much longer each wait is than the one before, where the words don't say. */
const GROWTH = 1.5;

/**
 * The retriers that a task asks for in words, by the name of the error: "from 15 s to 10 min, for 30 days" waits 15 s, then
 * 1.5 times as long each time until it is 10 min, and gives up once it has waited 30 days in all. "from 7 s by 1.25 to 30 s,
 * for 18 min" grows more slowly, "every 5 s, for 100 s" not at all.
 *
 * @throws {Error} words that are none of these
 */
export const retriersOf = (authored: Record<string, string>): Retrier[] =>
  Object.entries(authored).map(([error, words]) => ({ ErrorEquals: [error], ...waiting(words) }));

function waiting(words: string): Omit<Retrier, 'ErrorEquals'> {
  const [, every, everyUnit, during, duringUnit] = EVERY.exec(words) ?? [];
  if (every !== undefined) {
    const IntervalSeconds = seconds(every, everyUnit);
    return { IntervalSeconds, BackoffRate: 1, MaxAttempts: Math.ceil(seconds(during, duringUnit) / IntervalSeconds) };
  }
  const [, from, fromUnit, growth = String(GROWTH), to, toUnit, total, totalUnit] = GROWING.exec(words) ?? [];
  if (from === undefined) {
    throw new Error(
      `Cannot read "${words}": it must be like "from 15 s to 10 min, for 30 days" or "every 5 s, for 100 s"`,
    );
  }
  const growing = {
    IntervalSeconds: seconds(from, fromUnit),
    BackoffRate: Number(growth),
    MaxDelaySeconds: seconds(to, toUnit),
  };
  return { ...growing, MaxAttempts: attemptsWithin(seconds(total, totalUnit), growing) };
}

/** How many attempts it takes until that many seconds have been waited. */
function attemptsWithin(
  total: number,
  {
    IntervalSeconds,
    BackoffRate,
    MaxDelaySeconds,
  }: { IntervalSeconds: number; BackoffRate: number; MaxDelaySeconds: number },
): number {
  let attempts = 0;
  for (let waited = 0; waited < total; attempts += 1) {
    waited += Math.min(IntervalSeconds * BackoffRate ** attempts, MaxDelaySeconds);
  }
  return attempts;
}

const seconds = (count = '', unit = ''): number => Number(count) * (SECONDS[unit] ?? Number.NaN);
