import { describe, expect, test } from '@jest/globals';
import type { Change } from '../../../domain/changes/change.ts';
import { cost } from '../../../domain/preflight/cost.ts';
import { NOTHING_ASKED } from '../../../domain/preflight/limits.ts';
import { quotas, whyExceeded } from '../../../domain/preflight/quotas.ts';
import { waits } from '../../../domain/preflight/waits.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { healthCheckChanges } from '../../../resources/health-check/changes.ts';
import { healthCheckResource } from '../../../resources/health-check/health-check.ts';
import { aFailover, aSite } from '../../support/site.ts';
import { owner } from '../../support/steps.ts';
import { noUsage } from '../../support/world.ts';

const nothing = { own: [], count: 0, calculated: [] };

/** What a plan makes of the health check of a document. */
function planned(changes: Partial<Site> = {}): Change[] {
  const site = aSite({ failover: aFailover(), ...changes });
  const scope = { owner, site, record: undefined, known: {}, retained: [], now: new Date(0) };
  return healthCheckChanges(healthCheckResource.desired(scope), nothing, scope);
}

const server = { server: { address: '198.51.100.9', port: 443, healthPath: '/' } };
const fast = { ...aFailover(), check: { path: '/', intervalSeconds: 10, failures: 3 } } as const;

describe('a plan with a health check', () => {
  test.each<[string, Partial<Site>, number]>([
    ['of a load balancer: HTTPS is an option', {}, 1.5],
    ['of a load balancer, every 10 s', { failover: fast }, 2.5],
    ['of an instance over plain HTTP', { edge: 'direct' }, 0.5],
    ['of a server elsewhere, over HTTPS', { edge: 'direct', origin: server }, 2.75],
    ['of a server elsewhere, over HTTPS and every 10 s', { edge: 'direct', origin: server, failover: fast }, 4.75],
  ])('tells what one costs a month %s', (_, changes, monthly) => {
    expect(cost(planned(changes), { subnets: 2 })).toMatchObject({ monthly, lines: [{ quantity: 1, monthly }] });
  });

  test('tells what its alarm costs a month, which no quota limits', () => {
    const alarm = { verb: 'create', phase: 'prepare', resource: { type: 'alarm', name: 'shop' }, message: '' } as const;
    expect(cost([alarm], { subnets: 2 })).toMatchObject({ monthly: 0.1, lines: [{ quantity: 1, monthly: 0.1 }] });
    expect(quotas([alarm], { usage: noUsage, limits: NOTHING_ASKED, zones: [], certificateNames: 2 })).toEqual([]);
  });

  test('R21: counts it against what the account may have', () => {
    const found = quotas(planned(), {
      usage: { ...noUsage, healthChecks: 200 },
      limits: NOTHING_ASKED,
      zones: [],
      certificateNames: 2,
    });
    expect(found).toEqual([{ quota: 'health checks', used: 200, allowed: 200, granted: false, needs: 1 }]);
    expect(found.map(whyExceeded)).toEqual([expect.stringContaining('the quota of health checks is 200 by default')]);
  });

  test('R24: waits for what its checkers find', () => {
    expect(waits(planned(), { findings: [], certificatePending: false })).toMatchObject([{ for: 'health check' }]);
  });
});
