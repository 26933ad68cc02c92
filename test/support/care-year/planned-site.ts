import { Draws } from '../../../local/draws/draws.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const START = Date.parse('2027-01-01T00:00:00Z');
export const END = START + 365 * DAY;

/** From when until when, in milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

/** What goes wrong at a site in the year; whatever it is, it stands for more than a day. */
export const STORIES = [
  'nothing',
  'validation record removed',
  'not attached',
  'imported',
  'by a server',
  'former one served',
  'CAA added',
  'outage',
  'delegation',
  'gone and back',
] as const;

export type Story = (typeof STORIES)[number];

/** One certificate after another of a site: valid for a span, and replaced before it ends. */
export interface Version extends Span {
  serial: string;
  /** Since when its renewal by ACM runs. */
  begins: number;
  /** When its successor is there. */
  replaced: number;
}

export interface PlannedSite {
  domain: string;
  story: Story;
  /** How long its certificates live. */
  days: number;
  versions: Version[];
  /** What goes wrong; empty where the certificates tell all. */
  trouble?: Span;
  /** How long the addresses serve the former certificate after a renewal. */
  servedLate: number;
  /** Moments in which it does not answer: a restart. */
  blips: Span[];
}

/** With how many days left ACM begins to renew: 45, and later in a life of 47, which is documented nowhere. */
const BEGINS: Record<number, number> = { 198: 45, 100: 45, 47: 15 };

/** The stages of each lifetime in days left, by hand: a third, a sixth, and what comes after that of 30, 15, 7, 3 and 1. */
export const STAGES: Record<number, readonly number[]> = {
  198: [66, 33, 30, 15, 7, 3, 1],
  100: [100 / 3, 100 / 6, 15, 7, 3, 1],
  90: [30, 15, 7, 3, 1],
  47: [47 / 3, 47 / 6, 7, 3, 1],
  60: [20, 10, 7, 3, 1],
  30: [10, 5, 3, 1],
};

const LIVES: Partial<Record<Story, readonly number[]>> = { imported: [198, 90, 47, 30], 'by a server': [90, 60] };

/** The site of that number, the same for the same seed. */
export function planSite(number: number, seed: number): PlannedSite {
  const draws = new Draws(seed * 10_000 + number);
  const between = (min: number, max: number) => min + draws.fraction('plan') * (max - min);
  const story = STORIES[number % STORIES.length] as Story;
  const lives = LIVES[story] ?? [198, 100, 47];
  const days = lives[Math.floor(number / STORIES.length) % lives.length] as number;
  const blips = [0, 1, 2].map((third) => {
    const from = START + between(third * 120, third * 120 + 119) * DAY;
    return { from, to: from + between(1, 20) * 60_000 };
  });
  const site = { domain: `shop${number}.example.test`, story, days, blips };
  for (;;) {
    const from = START + between(5, 300) * DAY;
    const trouble = { from, to: from + between(1.5, 60) * DAY };
    const versions = versionsOf(story, days, { trouble, between });
    if (!versions || !isClear({ story, days, versions, trouble })) continue;
    const servedLate = story === 'former one served' ? between(1.5, 5) * DAY : between(0.2, 5) * HOUR;
    const isTold = story !== 'nothing' && !isOfVersions(story);
    return { ...site, versions, servedLate, ...(isTold && { trouble }) };
  }
}

const isOfVersions = (story: Story): boolean => ['imported', 'by a server', 'former one served'].includes(story);

/** Whether ACM cannot renew while it stands. */
export const keepsAcm = (story: Story): boolean => story === 'validation record removed' || story === 'not attached';

/** Undefined where one would end before it could be replaced, which is the end of it for ACM. */
function versionsOf(
  story: Story,
  days: number,
  { trouble, between }: { trouble: Span; between: (min: number, max: number) => number },
): Version[] | undefined {
  const versions: Version[] = [];
  let from = START - between(0, days / 2) * DAY;
  while (from < END + 2 * DAY) {
    const to = from + days * DAY;
    let begins = to - (BEGINS[days] ?? 0) * DAY;
    let replaced = begins + between(1, 24) * HOUR;
    if (story === 'imported') replaced = to - between(0.5, days / 2) * DAY;
    // Its client renews with a third left; each second time it fails for a while.
    if (story === 'by a server')
      replaced = to - (versions.length % 2 ? between(0.5, days / 6) : days / 3 - between(0, 1)) * DAY;
    if (keepsAcm(story) && trouble.from < replaced && replaced < trouble.to) {
      if (story === 'not attached') begins = Math.max(begins, trouble.to);
      replaced = trouble.to + between(1, 12) * HOUR;
    }
    if (replaced > to - 6 * HOUR) return undefined;
    versions.push({ from, to, begins, replaced, serial: `${versions.length + 10}` });
    from = replaced;
  }
  return versions;
}

/** Whether no two things of the plan happen within half a day: what is told in which order would be chance. */
function isClear({
  story,
  days,
  versions,
  trouble,
}: Pick<PlannedSite, 'story' | 'days' | 'versions'> & { trouble: Span }): boolean {
  const isApart = (one: number, other: number) => Math.abs(one - other) > 12 * HOUR;
  const ends = keepsAcm(story) ? [trouble.from, trouble.to] : [];
  return versions.every(({ to, begins, replaced }) => {
    const stages = (STAGES[days] ?? []).map((left) => to - left * DAY);
    const due = to - Math.min(45, days / 2) * DAY;
    const isWithin = begins >= trouble.from && begins <= trouble.to;
    return (
      ends.every((end) =>
        [...stages, due, begins].every((other) => isApart(end, other) || (isWithin && end === begins)),
      ) &&
      (begins > trouble.from || trouble.from > replaced || !keepsAcm(story)) &&
      stages.every((stage) => isApart(stage, replaced))
    );
  });
}
