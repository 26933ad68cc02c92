import { describe, expect, test } from '@jest/globals';
import { MAX_REQUESTS, rerequest, validationEndsAt } from '../../../domain/certificates/rerequest-policy.ts';

const names = ['shop.example.test'];
const requestedAt = new Date('2026-11-22T12:00:00.000Z');
const now = new Date('2026-11-25T12:20:00.000Z');
const HOUR_MS = 3_600_000;
const timedOut = { status: 'VALIDATION_TIMED_OUT', names, requestedAt };

describe('A7: rerequest()', () => {
  test('rests for an hour after the first time-out, then twice as long each time, and gives up after the fifth', () => {
    const rests = Array.from({ length: MAX_REQUESTS }, (_, place) => rerequest(timedOut, { request: place + 1, now }));
    const ended = validationEndsAt({ requestedAt }).getTime();
    expect(rests.map((again) => again && (again.at.getTime() - ended) / HOUR_MS)).toEqual([1, 2, 4, 8, undefined]);
  });

  test('says where to look, when ACM is asked anew, and for which time', () => {
    const { message } = rerequest(timedOut, { request: 1, now }) ?? {};
    expect(message).toContain(
      'No certificate for "shop.example.test" yet: ACM saw no validation record within 72 hours',
    );
    expect(message).toContain('Check that the CNAME records that ACM asked for resolve from outside');
    expect(message).toMatch(/ACM is asked anew at 2026-11-25T13:00:00\.000Z, for time 2 of 5$/);
  });

  test('says the same however late it is asked, and counts from now where nobody knows when it was requested', () => {
    const late = new Date('2026-12-24T12:00:00.000Z');
    expect(rerequest(timedOut, { request: 2, now: late })).toEqual(rerequest(timedOut, { request: 2, now }));
    const unknown = rerequest({ status: 'VALIDATION_TIMED_OUT', names }, { request: 1, now });
    expect(unknown?.at).toEqual(new Date('2026-11-25T13:20:00.000Z'));
  });

  test.each(['PENDING_VALIDATION', 'ISSUED', 'FAILED'])('has nothing to say of a certificate that is %s', (status) => {
    expect(rerequest({ ...timedOut, status }, { request: 1, now })).toBeUndefined();
  });
});
