import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { describe, expect, test } from '@jest/globals';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { LoggedCall } from '../../local/wire/calls.ts';
import { aSite } from '../support/site.ts';
import { Answered } from './answered.ts';
import { ZoneDeletions } from './blast.ts';
import type { Seen } from './onlooker.ts';
import { Pace } from './pace.ts';
import { answers } from './zone-answers.ts';

const SHOP = 'shop.example.test';
const site = aSite({ domain: SHOP, aliases: [`www.${SHOP}`] });

describe('answers()', () => {
  const wildcard = aRecord('\\052.example.test.');

  test('lets a wildcard answer for what is not there', () => {
    expect(answers([wildcard], SHOP)).toBe(true);
    expect(answers([wildcard], `www.${SHOP}`)).toBe(true);
    expect(answers([], SHOP)).toBe(false);
  });

  test('lets no wildcard answer for a name that something stands below, nor below that name', () => {
    const below = aRecord(`_x.${SHOP}.`, 'TXT');
    expect(answers([wildcard, below], SHOP)).toBe(false);
    expect(answers([wildcard, below], `www.${SHOP}`)).toBe(false);
    expect(answers([wildcard, below, aRecord(`${SHOP}.`)], SHOP)).toBe(true);
  });
});

describe('Answered', () => {
  test('sees a name of the site that loses its answer, and lets one go that was dropped', () => {
    const records = [`${SHOP}.`, `www.${SHOP}.`].map((name) => aRecord(name));
    const eye = new Answered([SHOP, `www.${SHOP}`]);
    expect(eye.look(seen(records, []))).toHaveLength(2);
    const narrowed = anItem({ site: { ...site, aliases: [] } });
    expect(eye.look(seen(records, records.slice(0, 1), { site: narrowed }))).toEqual([]);
  });

  test('wants of an undo what the zone would say without us', () => {
    const [wildcard, ours, below] = [
      aRecord('\\052.example.test.'),
      aRecord(`${SHOP}.`),
      aRecord(`_x.${SHOP}.`, 'TXT'),
    ];
    const undoing = anItem({ operation: { name: 'undo', execution: '', startedAt: '' } });
    for (const [foreign, wrong] of [
      [[wildcard], 1],
      [[], 0],
      [[wildcard, aRecord(`mail.${SHOP}.`)], 0],
    ] as const) {
      const eye = new Answered([SHOP]);
      eye.look(seen([...foreign], [...foreign, ours, below]));
      expect(eye.look(seen([...foreign, ours, below], [...foreign, below], { site: undoing }))).toHaveLength(wrong);
    }
  });

  test('sees that what a person has written is deleted, and lets it be replaced', () => {
    const [theirs, ours] = [aRecord(`${SHOP}.`, 'A', '203.0.113.9'), aRecord(`${SHOP}.`)];
    for (const [after, wrong] of [
      [[], 2],
      [[ours], 0],
    ] as const) {
      const eye = new Answered([SHOP]);
      eye.look(seen([ours], [theirs], { ours: false }));
      expect(eye.look(seen([theirs], [...after]))).toHaveLength(wrong);
    }
  });
});

describe('Blast', () => {
  const many = Array.from({ length: 6 }, (_, at) => aRecord(`a${at}.${SHOP}.`));
  const others = Array.from({ length: 30 }, (_, at) => aRecord(`b${at}.${SHOP}.`));
  const all = [...many, ...others];
  const deleted = (count: number, { approved = new Set<number>(), wasLive = true } = {}) => {
    const eye = new ZoneDeletions(approved);
    const { liveAt: _, ...young } = anItem();
    const item = wasLive ? anItem() : young;
    eye.look(seen([], all, { site: item }));
    return eye.look(seen(all, all.slice(count), { site: { ...item, revision: 2 } }));
  };

  test('sees six deletions that no person has approved', () => {
    expect([deleted(5), deleted(6)].map(({ length }) => length)).toEqual([0, 1]);
    expect(deleted(6, { approved: new Set([2]) })).toEqual([]);
    expect(deleted(6, { wasLive: false })).toEqual([]);
  });

  test('sees more than 30 % of what is ours', () => {
    const eye = new ZoneDeletions(new Set());
    eye.look(seen([], many.slice(0, 3), { site: anItem() }));
    expect(eye.look(seen(many.slice(0, 3), many.slice(1, 3), { site: anItem({ revision: 2 }) }))).toHaveLength(1);
  });

  test('sees the AAAA records of names that lose their A records too, and no others', () => {
    const pairs = many.flatMap((a) => [a, { ...a, Type: 'AAAA' as const }]);
    const left = (keeps: (record: ResourceRecordSet, at: number) => boolean) => {
      const eye = new ZoneDeletions(new Set());
      eye.look(seen([], pairs, { site: anItem() }));
      return eye.look(seen(pairs, pairs.filter(keeps), { site: anItem({ revision: 2 }) }));
    };
    expect(left(({ Type }) => Type === 'A')).toEqual([]);
    expect(left((_, at) => at >= 6)).toEqual([expect.stringContaining('deleted 6 of our 12')]);
  });
});

describe('Pace', () => {
  test('sees more calls than half of what Route 53 gives, and two batches at a time', () => {
    const eye = new Pace();
    const at = (ms: number, operation = 'ListHostedZones') => eye.hear(aCall({ at: new Date(ms), operation }));
    expect(Array.from({ length: 25 }, () => at(0)).flat()).toEqual([]);
    expect(at(0)).toHaveLength(1);
    expect(at(10_000, 'ChangeResourceRecordSets')).toEqual([]);
    expect(at(10_050, 'ChangeResourceRecordSets')).toHaveLength(1);
  });
});

function aRecord(Name: string, Type: 'A' | 'TXT' = 'A', Value = '203.0.113.7'): ResourceRecordSet {
  return { Name, Type, TTL: 60, ResourceRecords: [{ Value }] };
}

function anItem(changes: Partial<SiteItem> = {}): SiteItem {
  const at = '2026-11-22T12:00:00.000Z';
  return { domain: SHOP, site, state: 'live', revision: 1, createdAt: at, updatedAt: at, liveAt: at, ...changes };
}

function aCall(changes: Partial<LoggedCall> = {}): LoggedCall {
  const principal = 'arn:aws:sts::123456789012:assumed-role/Step/session';
  const operation = 'ChangeResourceRecordSets';
  return { at: new Date(0), service: 'route53', operation, principal, region: '', mutating: true, ms: 80, ...changes };
}

function seen(
  before: ResourceRecordSet[],
  after: ResourceRecordSet[],
  { ours = true, site: item = anItem() }: { ours?: boolean; site?: SiteItem } = {},
): Seen {
  return { call: aCall(), ours, before, after, site: item };
}
