import { describe, expect, test } from '@jest/globals';
import { trustPolicy } from '../../../domain/sites/dns.ts';
import { derivedExternalId, externalIdOf, withoutExternalId } from '../../../domain/sites/external-id.ts';
import { movesDns } from '../../../domain/sites/moves-dns.ts';
import { aSite } from '../../support/site.ts';

const taker = { account: '123456789012', stackName: 'Nameplate' };
const role = 'arn:aws:iam::210987654321:role/nameplate-dns';

describe('B6: S13: the external id', () => {
  test('is one for each account, stack and tenant, and the same at any time', () => {
    const ids = [
      derivedExternalId(taker, undefined),
      derivedExternalId(taker, 'acme'),
      derivedExternalId({ ...taker, stackName: 'Other' }, 'acme'),
      derivedExternalId({ ...taker, account: '210987654321' }, 'acme'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(derivedExternalId(taker, 'acme')).toBe(ids[1]);
    // Source: AssumeRole, `ExternalId`, checked 2026-11-29.
    for (const id of ids) expect(id).toMatch(/^[\w+=,.@:/-]{2,1224}$/);
  });

  test('of a document is taken when it is the derived one, and then left out', () => {
    const externalId = derivedExternalId(taker, 'acme');
    const site = aSite({ tenant: 'acme', dns: { role, externalId } });
    expect(withoutExternalId(site, taker)).toEqual({ site: { ...site, dns: { role } } });
    for (const plain of [aSite(), aSite({ dns: 'external' }), aSite({ dns: { role } })]) {
      expect(withoutExternalId(plain, taker)).toEqual({ site: plain });
    }
  });

  test.each([derivedExternalId(taker, 'globex'), derivedExternalId(taker, undefined), 'ours', ''])(
    'of a document is refused when it is another one (%s), without the right one',
    (externalId) => {
      const read = withoutExternalId(aSite({ tenant: 'acme', dns: { role, externalId } }), taker);
      expect(read).toMatchObject({ error: { pointer: '#/dns/externalId' } });
      expect(JSON.stringify(read)).not.toContain(derivedExternalId(taker, 'acme'));
    },
  );

  test('of a site that was declared with one stays until it is declared anew, which moves no records', () => {
    const before = aSite({ dns: { role, externalId: 'ours' } });
    expect(externalIdOf(before, taker)).toBe('ours');
    expect(externalIdOf({ dns: { role } }, taker)).toBe(derivedExternalId(taker, undefined));
    expect(movesDns(aSite({ dns: { role } }), { state: 'live', site: before })).toBeUndefined();
    expect(movesDns(aSite({ dns: { role: `${role}-2` } }), { state: 'live', site: before })).toMatchObject({
      pointer: '#/dns',
    });
  });

  test('is in the trust policy, which lets in the functions of this stack alone', () => {
    expect(JSON.parse(trustPolicy({ role, externalId: 'ours' }, taker)).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::123456789012:root' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'sts:ExternalId': 'ours' },
          ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/Nameplate-*' },
        },
      },
    ]);
  });
});
