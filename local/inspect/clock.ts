import type { Clock } from '../clock/clock.ts';
import { ok, type Route, wrong } from './route.ts';

/** The furthest that one request may go: a year, in seconds. */
const MAX_ADVANCE_SECONDS = 366 * 24 * 3600;

/** AWS time: what it is, and "160 days later". */
export function clockRoutes(clock: Clock): Route[] {
  const time = () => ok({ now: clock.now().toISOString(), speed: clock.speed });
  return [
    { method: 'GET', path: '/_local/clock', about: 'AWS time now, and how fast it runs', answer: time },
    {
      method: 'POST',
      path: '/_local/clock/advance',
      about: 'moves AWS time on: { "seconds": 86400 }; answers when everything that fell due has finished',
      async answer({ body }) {
        const { seconds } = body as { seconds?: unknown };
        if (typeof seconds !== 'number' || !(seconds > 0 && seconds <= MAX_ADVANCE_SECONDS)) {
          return wrong(
            `Cannot advance by ${JSON.stringify(seconds)}: "seconds" must be above 0 and at most ${MAX_ADVANCE_SECONDS}`,
          );
        }
        await clock.advance(seconds * 1000);
        return time();
      },
    },
  ];
}
