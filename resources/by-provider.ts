import { isExternal } from '../domain/sites/dns.ts';
import type { Applying, Resource, Scope } from './resource.ts';
import { siteOf } from './scope.ts';

/** The two ways of a kind that is kept in DNS: we write it to Route 53, or a person enters it at another provider. */
interface ByProvider<InRoute53, Elsewhere> {
  inRoute53: InRoute53;
  elsewhere: Elsewhere;
}

/** A resource whose site says which provider keeps it. */
export function byProvider<D1, A1, D2, A2, Handles extends object>(
  ways: ByProvider<Resource<D1, A1, Handles>, Resource<D2, A2, Handles>>,
): Resource<D1 | D2, A1 | A2, Handles> {
  const way = (scope: Scope) => wayOf(ways, scope) as Resource<D1 | D2, A1 | A2, Handles>;
  return {
    type: ways.inRoute53.type,
    ...(ways.inRoute53.parts && { parts: ways.inRoute53.parts }),
    inDnsAccount: true,
    desired: (scope) => way(scope).desired(scope),
    read: (look, scope) => way(scope).read(look, scope),
    changes: (desired, actual, scope) => way(scope).changes(desired, actual, scope),
    handles: (desired, actual, scope) => way(scope).handles(desired, actual, scope),
  };
}

/** How the changes of such a resource are made. */
export function applyingByProvider<D1, A1, D2, A2>(
  ways: ByProvider<Applying<D1, A1>, Applying<D2, A2>>,
): Applying<D1 | D2, A1 | A2> {
  const way = (scope: Scope) => wayOf(ways, scope) as Applying<D1 | D2, A1 | A2>;
  return {
    standing: (desired, actual, scope) => way(scope).standing(desired, actual, scope),
    before: async (doing) => way(doing.scope).before?.(doing),
    apply: (change, actual, doing) => way(doing.scope).apply(change, actual, doing),
    after: async (actual, doing) => way(doing.scope).after?.(actual, doing),
    outcome: async (actual, doing) => way(doing.scope).outcome?.(actual, doing) ?? {},
  };
}

function wayOf<InRoute53, Elsewhere>(
  { inRoute53, elsewhere }: ByProvider<InRoute53, Elsewhere>,
  scope: Scope,
): InRoute53 | Elsewhere {
  return isExternal(siteOf(scope)) ? elsewhere : inRoute53;
}
