import { describe, expect, test } from '@jest/globals';
import { outcomeOf } from '../../../domain/certificates/outcome.ts';

const names = ['shop.example.test'];
const failure = (status: string, failureReason?: string) => {
  const outcome = outcomeOf({ status, names, ...(failureReason === undefined ? {} : { failureReason }) });
  return outcome.state === 'failed' ? outcome : undefined;
};

describe('outcomeOf()', () => {
  test('tells issued and pending as values', () => {
    expect(outcomeOf({ status: 'ISSUED', names })).toEqual({ state: 'issued' });
    expect(outcomeOf({ status: 'PENDING_VALIDATION', names })).toEqual({ state: 'pending' });
  });

  test('A5: tells which CAA record to add', () => {
    expect(failure('FAILED', 'CAA_ERROR')).toMatchObject({ name: 'Misconfigured' });
    expect(failure('FAILED', 'CAA_ERROR')?.message).toContain('CAA 0 issue "amazon.com"');
  });

  test('A7: tells where to look when nothing was seen in 72 hours', () => {
    expect(failure('VALIDATION_TIMED_OUT')).toMatchObject({ name: 'Misconfigured' });
    expect(failure('VALIDATION_TIMED_OUT')?.message).toContain('72 hours');
  });

  test.each([
    ['DOMAIN_NOT_ALLOWED', 'Refused'],
    ['ADDITIONAL_VERIFICATION_REQUIRED', 'Refused'],
    ['INVALID_PUBLIC_DOMAIN', 'Misconfigured'],
    ['DOMAIN_VALIDATION_DENIED', 'Refused'],
    ['NO_AVAILABLE_CONTACTS', 'Misconfigured'],
    ['SLR_NOT_FOUND', 'Refused'],
    ['PCA_LIMIT_EXCEEDED', 'QuotaReached'],
  ])('A8: takes %s for %s, with a way on', (reason, name) => {
    expect(failure('FAILED', reason)).toMatchObject({ name });
    expect(failure('FAILED', reason)?.message).toMatch(/^Cannot get the certificate for "shop\.example\.test": .+/);
  });

  test('A8: stops at a reason that nobody knows', () => {
    expect(failure('FAILED', 'SOMETHING_NEW')).toMatchObject({ name: 'Refused' });
    expect(failure('FAILED')?.message).toContain('no reason given');
    expect(failure('REVOKED')?.message).toContain('its status is "REVOKED"');
  });
});
