import { describe, expect, test } from '@jest/globals';
import { FAILOVER_AREAS, failoverConcerns } from '../../../domain/care/failover-concerns.ts';

const domain = 'shop.example.test';
const other = { reason: 'pageUnacceptable', message: '"https://a/" answers 403' } as const;
const silent = { reason: 'unreachable', message: 'Nothing comes back' } as const;

describe('what keeps viewers from a maintenance page that nobody sees yet', () => {
  test('is nothing where page and health check are ready', () => {
    expect(failoverConcerns(domain, { page: [], healthCheck: [] })).toEqual([]);
    expect(failoverConcerns(domain, { page: [] })).toEqual([]);
  });

  test('F6: another page is certain, and silence has to be seen twice', () => {
    const [page] = failoverConcerns(domain, { page: [other, { ...other, message: 'and that' }, other] });
    expect(page).toMatchObject({ code: 'pageNotReady', subject: domain, message: other.message, isCertain: true });
    expect(page?.evidence).toEqual(['and that']);
    expect(failoverConcerns(domain, { page: [silent] })).toMatchObject([{ isCertain: false }]);
  });

  test('R22, R25: the health check is one thing, whatever is wrong with it', () => {
    const [found, ...others] = failoverConcerns(domain, { page: [], healthCheck: ['It is off', 'it is inverted'] });
    expect([found, others]).toMatchObject([
      { code: 'healthCheckNotReady', message: 'It is off', evidence: ['it is inverted'] },
      [],
    ]);
  });

  test('is of parts that no other look judges', () => {
    const found = failoverConcerns(domain, {
      page: [other],
      healthCheck: ['It is off'],
      healthCheckAlarm: ['It is gone'],
    });
    expect(found.map(({ area }) => area)).toEqual(FAILOVER_AREAS);
  });
});
