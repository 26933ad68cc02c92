import { describe, expect, test } from '@jest/globals';
import type { Alert } from '../../../domain/care/alert.ts';
import { allConcerns, type Concern, concern } from '../../../domain/care/concern.ts';
import { settle } from '../../../domain/care/settle.ts';
import { finding } from '../../../domain/doctor/finding.ts';

const HOUR = 3_600_000;
const start = Date.parse('2027-01-01T00:00:00Z');
const at = (hours: number) => new Date(start + hours * HOUR);
const item = { domain: 'shop.example.test', createdAt: '2026-12-01T00:00:00Z', site: { tenant: 'acme' } };

const gone = finding('resourceMissing', { message: 'The rule is missing' });
const silent = finding('portFiltered', { message: 'Nothing comes back' });
const aConcern = (changes: Partial<Parameters<typeof concern>[1]> = {}): Concern =>
  concern(gone, { subject: 'the rule', area: 'resources', ...changes });
const fromOutside = concern(silent, { subject: item.domain, area: 'name shop', isCertain: false });
const expiring = (stage: number): Concern =>
  concern(finding('certificateExpiring', { message: `stage ${stage}` }), {
    subject: 'arn',
    area: 'certificate',
    stage,
  });

/** Looks that follow one another, each over what the one before has written; what people are told at each. */
function looks(...found: { hours: number; concerns?: Concern[]; unseen?: string[]; createdAt?: string }[]) {
  const alerts = new Map<string, Alert>();
  const told = found.map(({ hours, concerns = [], unseen = [], createdAt = item.createdAt }) => {
    const written = settle(
      [...alerts.values()],
      { concerns, unseen },
      { item: { ...item, createdAt }, now: at(hours) },
    );
    for (const { untold: _, ...alert } of written) alerts.set(alert.id, { ...alert, version: alert.version + 1 });
    return written.flatMap(({ untold }) => untold ?? []);
  });
  return { told, alerts: [...alerts.values()] };
}

describe('the alerts of a site', () => {
  test('what AWS says itself is raised at once, once, and resolved when it is mended', () => {
    const concerns = [aConcern()];
    const { told, alerts } = looks({ hours: 0, concerns }, { hours: 6, concerns }, { hours: 12 }, { hours: 18 });
    expect(told).toEqual([['raised'], [], ['resolved'], []]);
    expect(alerts).toMatchObject([
      {
        domain: item.domain,
        tenant: 'acme',
        state: 'resolved',
        raisedAt: at(0).toISOString(),
        resolvedAt: at(12).toISOString(),
      },
    ]);
  });

  test('what is seen over the network has to be seen again after half an hour', () => {
    const concerns = [fromOutside];
    const { told, alerts } = looks({ hours: 0, concerns }, { hours: 0.2, concerns }, { hours: 1, concerns });
    expect(told).toEqual([[], [], ['raised']]);
    expect(alerts).toMatchObject([{ state: 'open', seenAt: at(0).toISOString(), raisedAt: at(1).toISOString() }]);
  });

  test('a suspicion that was none is told to nobody', () => {
    const concerns = [fromOutside];
    expect(looks({ hours: 0, concerns }, { hours: 1 }, { hours: 2, concerns }, { hours: 3 }).told.flat()).toEqual([]);
  });

  test('what could not be looked at neither raises nor resolves', () => {
    const concerns = [aConcern()];
    const unseen = ['resources'];
    const { told, alerts } = looks({ hours: 0, unseen }, { hours: 6, concerns }, { hours: 12, unseen });
    expect(told).toEqual([[], ['raised'], []]);
    expect(alerts).toMatchObject([{ state: 'open' }]);
  });

  test('escalates with each stage once, and has to be acknowledged again then', () => {
    const stages = [1, 1, 2, 2, 4].map((stage, place) => ({ hours: place * 6, concerns: [expiring(stage)] }));
    expect(looks(...stages).told).toEqual([['raised'], [], ['escalated'], [], ['escalated']]);
    const [open] = looks({ hours: 0, concerns: [expiring(1)] }).alerts;
    const read = { ...(open as Alert), acknowledged: { at: at(1).toISOString() } };
    const acknowledgements = [1, 2].map((stage) =>
      settle([read], { concerns: [expiring(stage)], unseen: [] }, { item, now: at(6) }),
    );
    expect(acknowledgements).toMatchObject([[], [{ untold: 'escalated' }]]);
    expect(acknowledgements[1]?.[0]?.acknowledged).toBeUndefined();
  });

  test('what eases and worsens again is not told twice', () => {
    const grave = { ...aConcern(), severity: 'error' as const };
    const mild = { ...aConcern(), severity: 'warning' as const };
    const seen = [mild, grave, mild, grave].map((each, place) => ({ hours: place * 6, concerns: [each] }));
    expect(looks(...seen).told).toEqual([['raised'], ['escalated'], [], []]);
  });

  test('other words are kept and not told', () => {
    const other = { ...aConcern(), evidence: ['another call'] };
    const { told, alerts } = looks({ hours: 0, concerns: [aConcern()] }, { hours: 6, concerns: [other] });
    expect([told[1], alerts[0]?.evidence]).toEqual([[], ['another call']]);
  });

  test('one that comes back is raised again', () => {
    const concerns = [aConcern()];
    const { told, alerts } = looks({ hours: 0, concerns }, { hours: 6 }, { hours: 12, concerns });
    expect(told).toEqual([['raised'], ['resolved'], ['raised']]);
    expect(alerts).toMatchObject([{ state: 'open', raisedAt: at(12).toISOString() }]);
    expect(alerts[0]?.resolvedAt).toBeUndefined();
  });

  test('one of a site that is gone says nothing of the next site of the name', () => {
    const concerns = [fromOutside];
    const { told } = looks({ hours: 0, concerns }, { hours: 1, concerns }, { hours: 9, concerns, createdAt: 'later' });
    expect(told).toEqual([[], ['raised'], []]);
  });

  test('the same of one subject is one alert, with what was seen by each', () => {
    const one = { ...aConcern(), evidence: ['a'] };
    const other = { ...aConcern(), evidence: ['b'], message: 'Other words' };
    const { concerns } = allConcerns([{ concerns: [one, other], unseen: [] }]);
    expect(concerns).toMatchObject([{ message: one.message, evidence: ['a', 'b'] }]);
  });
});
