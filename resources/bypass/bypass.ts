import { bypassOf, bypassVersion } from '../../domain/failover/bypass.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import type { Resource } from '../resource.ts';
import { bypassChanges, bypassHandles, type DesiredBypass, type SeenBypasses, TYPE } from './changes.ts';

/** The CloudFront function that leads operators to the site while other viewers see its page. */
export const bypass: Resource<DesiredBypass, SeenBypasses, StepOutputs['CreateBypass']> = {
  type: TYPE,
  desired({ site }) {
    const found = site && bypassOf(site);
    return found ? [{ addresses: found.addresses, version: bypassVersion(found) }] : [];
  },
  /** CloudFront itself is asked by the function that writes it; a plan goes by the ledger. */
  async read(look, scope) {
    const known = scope.record && madeOf(scope.record, TYPE)[0];
    // CloudFront is not asked for a site that never had one.
    const isAsked = known !== undefined || bypass.desired(scope).length > 0;
    const found =
      look.readBypass && isAsked
        ? await look.readBypass(look, scope)
        : known && { arn: known.id, version: known.version };
    return found ? { found } : {};
  },
  changes: bypassChanges,
  handles: bypassHandles,
};
