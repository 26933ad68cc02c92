import { describe, expect, test } from '@jest/globals';
import { planText } from '../../cli/plan-text.ts';
import { stops } from '../../domain/plans/stops.ts';
import type { PlanView } from '../../domain/plans/view.ts';
import { aPlanView } from '../support/plan-view.ts';
import { aSet } from '../support/records.ts';
import { aSite } from '../support/site.ts';
import { domain } from '../support/steps.ts';
import { aLiveWorld, anExistingZone, aStandingEdge, aWorld, changes } from '../support/world.ts';

describe('planText()', () => {
  test('has a line with a sign for every change, and ends with the next command', () => {
    const lines = planText(aPlanView(), 'npm run demo').split('\n');
    expect(lines[0]).toBe(`Plan for ${domain}`);
    expect(lines.filter((line) => line.startsWith('  + '))).toHaveLength(aPlanView().changes.length);
    expect(lines).toContain('    $24.23 a month in all, $0.00 once');
    expect(lines).toContain(
      `  load balancer        2 min to 3 min     Until AWS has made the load balancer, meanwhile`,
    );
    expect(lines.at(-1)).toBe('Next: npm run demo');
  });

  test('shows what stands in the way as it stands', () => {
    const plan = aPlanView(aWorld({ zones: [anExistingZone(aSet(domain, 'A', '203.0.113.200'))] }));
    const text = planText(plan, 'mend it');
    expect(text).toContain(`  ! record               Cannot take "${domain}"`);
    expect(text).toContain('"values":["203.0.113.200"]');
    expect(text).toMatch(/^ {2}error {4}Cannot take/m);
    expect(stops(plan)).toBe(true);
  });

  test('says under a title of its own what is prepared, what moves traffic and what is released', () => {
    const text = planText(aPlanView(), 'npm run demo');
    expect(text.indexOf('Prepared first')).toBeLessThan(text.indexOf('Traffic moves'));
    expect(text).toContain(`Plan for ${domain}\n  Prepared first`);
    // A first onboarding has nothing to release.
    expect(text).not.toContain('Released last');
  });

  test('says of a removal that no viewer is led there first, and not that the site answers', () => {
    const change = {
      verb: 'delete',
      phase: 'release',
      resource: { type: 'record', name: domain },
      message: 'Delete it',
    };
    const leaving = { domain, changes: [change] as PlanView['changes'], findings: [], waits: [] };
    expect(planText(leaving)).toContain(`Plan for ${domain}\n  Released in this order: viewers are led nowhere first`);
    expect(planText({ ...aPlanView(), ...leaving })).toContain('Released last, once the site answers');
  });

  test('shows what is adopted as it is today, and as it will be', () => {
    const edge = aStandingEdge({ group: { id: 'sg-lb', tags: { team: 'web' }, access: [] } });
    const list = changes(aWorld({ zones: [anExistingZone()], edge }), aSite({ adopt: true }));
    const text = planText({ ...aPlanView(), changes: list as PlanView['changes'] }, 'npm run demo');
    expect(text).toMatch(
      /~ security group.*Adopt the security group.*\n +before .*"team":"web".*\n +after .*"nameplate:site"/,
    );
  });

  test('says what is entered and what is taken out at another provider', () => {
    const entry = {
      name: `www.${domain}`,
      type: 'CNAME' as const,
      values: ['np-1.example.'],
      note: '',
      ttlSeconds: 300,
    };
    const records = [{ ...entry, for: 'traffic' as const, seen: 'missing' as const }];
    const text = planText(
      { ...aPlanView(), records, recordsToRemove: [{ ...entry, name: `old.${domain}` }] },
      'enter it',
    );
    expect(text).toContain(`Yours to enter\n  missing   www.${domain} CNAME np-1.example.\n`);
    expect(text).toContain(`Yours to take out\n  old.${domain} CNAME np-1.example.\n`);
  });

  test('of a live site is all "=" and says nothing of waits, quotas and cost', () => {
    const plan = aPlanView(aLiveWorld());
    const text = planText(plan, 'npm run demo');
    expect(text.split('\n').filter((line) => /^ {2}[+~!-] /.test(line))).toEqual([]);
    expect(text).not.toMatch(/Waits|Quotas|Cost/);
    expect(stops(plan)).toBe(false);
  });
});
