import { describe, expect, test } from '@jest/globals';
import { ownerTags } from '../../../domain/ownership.ts';
import { certificate } from '../../../resources/certificate/certificate.ts';
import type { SeenCertificates } from '../../../resources/certificate/changes.ts';
import type { Scope } from '../../../resources/resource.ts';
import { aSite, aSiteItem, aStepItem } from '../../support/site.ts';

const site = aSite({ aliases: [] });
const owner = { domain: site.domain, stack: 'Nameplate' };
const tags = ownerTags(owner);
const before = { tags: { team: 'web' } };
const adopted = { type: 'certificate' as const, id: 'arn:adopted', ours: true, before };
const record = {
  item: aSiteItem({ site }),
  steps: [aStepItem('RequestCertificate', { made: [adopted] })],
  timeline: [],
};
const scope: Scope = { owner, site, record, known: {}, retained: [], now: new Date(0) };
const changes = (seen: Partial<SeenCertificates>, about: Partial<Scope> = {}) => {
  const asked = { ...scope, ...about };
  return certificate.changes(certificate.desired(asked), { former: [], ...seen }, asked);
};

describe('the changes of certificates', () => {
  test('A7: keep one that was requested and can no longer be issued: the step stops at it, and requests no other', () => {
    expect(changes({ chosen: { arn: 'arn:1', tags, status: 'FAILED', failureReason: 'CAA_ERROR' } })).toMatchObject([
      { verb: 'keep' },
    ]);
  });

  test('delete what the site no longer uses, retain what something else serves, and restore what was adopted', () => {
    const former = [
      { arn: 'arn:old', names: ['old.test'], users: [] },
      { arn: 'arn:used', names: ['old.test'], users: ['arn:theirs'] },
      { arn: adopted.id, names: [site.domain], users: [] },
    ];
    const released = changes({ former }, { site: undefined });
    expect(released.map(({ verb, phase, resource: { id } }) => [verb, phase, id])).toEqual([
      ['delete', 'release', 'arn:old'],
      ['retain', 'release', 'arn:used'],
      ['restore', 'release', adopted.id],
    ]);
    expect(released[1]?.message).toContain('arn:theirs serves it');
    expect(released[2]).toMatchObject({
      resource: { type: 'certificate', name: site.domain },
      after: before,
      message: `Give back the certificate "${site.domain}" (${adopted.id}) as it was before it was adopted`,
    });
  });

  test('are none for an edge without HTTPS', () => {
    expect(changes({}, { site: aSite({ edge: 'direct' }) })).toEqual([]);
  });
});
