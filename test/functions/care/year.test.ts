import { expect, test } from '@jest/globals';
import { type Expected, expectedAlerts } from '../../support/care-year/expected-alerts.ts';
import { END, HOUR, planSite } from '../../support/care-year/planned-site.ts';
import { type Told, YearOfLooks } from '../../support/care-year/year-of-looks.ts';

const SEED = 1;
const SITES = 1_000;

/** What was told of one code at one site beside what had to be, where that differs. */
function differences(expected: readonly Expected[], told: readonly Told[], year: YearOfLooks): string[] {
  const [first] = [...expected, ...told];
  const inTime = expected.filter(({ at }) => at < END);
  const problems: string[] = [];
  for (let place = 0; place < Math.max(inTime.length, told.length); place += 1) {
    const [wanted, got] = [inTime[place], told[place]];
    if (!wanted && got && got.at >= END) continue;
    const wantedWords = wanted && `${wanted.how} ${wanted.code}`;
    if (!wanted || !got || wantedWords !== got.words) {
      const when = new Date(wanted?.at ?? got?.at ?? 0).toISOString();
      return [`${first?.domain}, ${when}: expected ${wantedWords ?? 'nothing'}, told ${got?.words ?? 'nothing'}`];
    }
    // Once in six hours, and each hour where something stands; six more for each look that went wrong.
    const hours = (wanted.how === 'Raised' ? 6 : 1) + (wanted.isTwice ? 1 : 0);
    const late = got.at - wanted.at - (hours + 6 * year.troubledLooks(wanted.domain, wanted.at)) * HOUR;
    if (got.at < wanted.at || late > 0) problems.push(`${wanted.domain}: ${got.words} ${late / HOUR} h late`);
  }
  return problems;
}

test('a year of a thousand sites: every alert comes in time and once, with events of ACM lost, doubled and late', async () => {
  const sites = Array.from({ length: SITES }, (_, number) => planSite(number, SEED));
  const year = new YearOfLooks(sites, SEED);
  await year.pass();
  const expected = Map.groupBy(sites.flatMap(expectedAlerts), ({ domain, code }) => `${domain} ${code}`);
  const once = [...new Map([...year.told].reverse().map((each) => [each.key, each])).values()].reverse();
  const told = Map.groupBy(once, ({ domain, words }) => `${domain} ${words.split(' ')[1]}`);
  const keys = new Set([...expected.keys(), ...told.keys()]);
  const wrong = [...keys].flatMap((key) => differences(expected.get(key) ?? [], told.get(key) ?? [], year));
  expect(wrong).toEqual([]);
  // An event whose answer is lost is sent again, the same to whoever compares.
  expect(year.told.length - once.length).toBe(year.answersLost);
  expect(year.told.length).toBeGreaterThan(SITES);
  expect(year.events.lost / year.events.sent).toBeCloseTo(0.05, 1);
}, 300_000);
