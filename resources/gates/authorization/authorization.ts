import type { Resolver } from '../../../aws/dns/resolver.ts';
import { issuedNames } from '../../../domain/certificates/place.ts';
import type { SeenCaa } from '../../../domain/preflight/authorization-findings.ts';
import type { Gate } from '../../gate.ts';
import { siteOf } from '../../scope.ts';
import { judgeAuthorization } from './judge.ts';
import { readCaa } from './read-caa.ts';

/** Opens when no CAA record forbids ACM to issue for the names that get a certificate. */
export const authorization: Gate<'CheckAuthorization', SeenCaa[], { dns: Resolver }> = {
  name: 'CheckAuthorization',
  look: ({ dns }, scope) => readCaa(dns, issuedNames(siteOf(scope))),
  judge: judgeAuthorization,
};
