import { describe, expect, test } from '@jest/globals';
import type { Certificate } from '../../../domain/certificates/certificate.ts';
import { HOME, VIEWERS } from '../../../domain/certificates/place.ts';
import type { SeenEntry } from '../../../domain/entries/entry.ts';
import {
  type CertificateSight,
  judgeCertificate,
  type Obstacles,
} from '../../../resources/gates/certificate-issued/judge.ts';
import { aGateScope } from '../../support/gate-scope.ts';
import { domain } from '../../support/steps.ts';

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const seen = (status: string, changes: Partial<Certificate> = {}, obstacles?: Obstacles): CertificateSight => ({
  place: HOME,
  certificateArn,
  certificate: {
    arn: certificateArn,
    status,
    type: 'AMAZON_ISSUED',
    names: [domain],
    requestedAt: new Date('2026-11-22T12:00:00.000Z'),
    validation: [],
    isAcme: false,
    renewedByDns: true,
    inUseBy: [],
    ...changes,
  },
  ...(obstacles && { obstacles }),
});
const entry = (state: SeenEntry['seen']): SeenEntry => ({
  name: `_x.${domain}`,
  type: 'CNAME',
  values: ['_y.acm-validations.aws'],
  for: 'validation',
  seen: state,
  note: '',
  ttlSeconds: 300,
});
const record = { name: `_x.${domain}`, type: 'CNAME', ttlSeconds: 300, values: ['_y.acm-validations.aws.'] };
const gone = { gone: [record], replaced: [] };
const WAITING = 'Waiting until ACM issues the certificate';
const TIMED_OUT = 'VALIDATION_TIMED_OUT';
const undelegated = {
  zone: 'example.test',
  nameServers: ['ns-1.awsdns-01.com'],
  seen: { parent: 'test', nameServers: [], hasDs: false },
  signed: false,
};
const issuer = { at: domain, properties: [{ critical: false, tag: 'issue', value: 'other.test' }] };

describe('judgeCertificate()', () => {
  test.each<[string, CertificateSight, object]>([
    ['is open once ACM has issued it', seen('ISSUED'), { state: 'open', output: { certificateArn } }],
    [
      'A7: is closed while ACM looks for the records, and says until when',
      seen('PENDING_VALIDATION', {}, { entries: [] }),
      { state: 'closed', message: WAITING, until: new Date('2026-11-25T12:00:00.000Z') },
    ],
    [
      'names what a person has still to enter',
      seen('PENDING_VALIDATION', {}, { entries: [entry('missing')] }),
      { state: 'closed', message: `${WAITING}: Enter _x.${domain} CNAME _y.acm-validations.aws` },
    ],
    [
      'and nothing once all name servers answer with it',
      seen('PENDING_VALIDATION', {}, { entries: [entry('seen')] }),
      { state: 'closed', message: WAITING },
    ],
    [
      'A7: has ACM asked anew an hour after it gave up',
      seen(TIMED_OUT, {}, { entries: [] }),
      {
        state: 'redo',
        at: new Date('2026-11-25T13:00:00.000Z'),
        message: expect.stringContaining('ACM is asked anew at 2026-11-25T13:00:00.000Z, for time 2 of 5'),
      },
    ],
    [
      'C5: has records that were removed written again',
      seen('PENDING_VALIDATION', {}, { entries: [], validation: gone }),
      {
        state: 'redo',
        message: expect.stringMatching(/^The validation record _x\..* is missing.*Writing it again, once$/),
      },
    ],
    [
      'C5: writes none beside a record in the place of ours',
      seen('PENDING_VALIDATION', {}, { entries: [], validation: { gone: [], replaced: [record] } }),
      { state: 'closed', message: expect.stringContaining('removed or replaced it') },
    ],
    [
      'C5: names a zone that is no longer delegated, and A5: CAA records that have come to forbid it',
      seen('PENDING_VALIDATION', {}, { entries: [], delegations: [undelegated], caa: [{ name: domain, set: issuer }] }),
      { state: 'closed', message: expect.stringMatching(/"example\.test" is delegated.*allow "other\.test" only/) },
    ],
    [
      'leaves out what cannot be asked now',
      seen(
        'PENDING_VALIDATION',
        {},
        {
          entries: [],
          delegations: [{ ...undelegated, seen: { failure: 'no answer' } }],
          caa: [{ name: domain, failure: 'no answer' }],
        },
      ),
      { state: 'closed', message: WAITING },
    ],
    [
      'A5: fails where a CAA record forbade it',
      seen('FAILED', { failureReason: 'CAA_ERROR' }),
      { state: 'failed', name: 'Misconfigured' },
    ],
    [
      'A8: fails where ACM refuses it',
      seen('FAILED', { failureReason: 'ADDITIONAL_VERIFICATION_REQUIRED' }),
      { state: 'failed', name: 'Refused' },
    ],
    [
      'fails where ACM does not know it',
      { place: HOME, certificateArn, certificate: undefined },
      { state: 'failed', name: 'Refused', message: expect.stringContaining('declare the site again for a new one') },
    ],
  ])('%s', (_, sight, verdict) => {
    expect(judgeCertificate(sight, aGateScope())).toMatchObject(verdict);
  });

  test('C5: says who it may be where records were written again once', () => {
    const scope = aGateScope({ outputs: { WriteValidationRecords: { writtenAgain: true } } });
    const verdict = judgeCertificate(seen('PENDING_VALIDATION', {}, { entries: [], validation: gone }), scope);
    expect(verdict).toMatchObject({ state: 'closed', message: expect.stringContaining('is missing: another tool') });
  });

  test('C5, A22: judges the viewer certificate by its own steps, and calls it by its name', () => {
    const pending = { ...seen('PENDING_VALIDATION', {}, { entries: [], validation: gone }), place: VIEWERS };
    const written = { WriteValidationRecords: { writtenAgain: true } } as const;
    expect(judgeCertificate(pending, aGateScope({ outputs: written }))).toMatchObject({ state: 'redo' });
    const again = aGateScope({ outputs: { WriteViewerValidationRecords: { writtenAgain: true } } });
    expect(judgeCertificate(pending, again)).toMatchObject({
      state: 'closed',
      message: expect.stringMatching(/^Waiting until ACM issues the viewer certificate: .* is missing/),
    });
    expect(judgeCertificate({ ...seen('ISSUED'), place: VIEWERS }, again)).toMatchObject({
      state: 'open',
      message: 'ACM has issued the viewer certificate',
    });
  });

  test('A7: fails, with the fix, once ACM has been asked five times', () => {
    const last = { certificateArn: 'arn:4', askAgainAt: '2026-11-22T12:00:00.000Z', nextRequest: 5 };
    const verdict = judgeCertificate(seen(TIMED_OUT), aGateScope({ outputs: { DiscardCertificate: last } }));
    expect(verdict).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('Check that the CNAME records'),
    });
  });
});
