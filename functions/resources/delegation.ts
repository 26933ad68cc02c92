import { Resolver } from '../../aws/dns/resolver.ts';
import { delegation } from '../../resources/delegation/delegation.ts';
import { removeDelegations } from '../../resources/delegation/release.ts';
import { writeDelegations } from '../../resources/delegation/write.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

/** Delegates the site's hosted zones in the zones above them where the document says so, and takes that back before they are deleted. */
export const delegationSteps = (newResolver: () => Resolver) =>
  byPhase({
    prepare: preparing('WriteDelegation', delegation, writeDelegations, newResolver),
    release: releasing('RemoveDelegation', {
      resource: delegation,
      applying: removeDelegations,
      after: 'WriteDelegation',
      newResolver,
    }),
  });

export const handler = delegationSteps(() => new Resolver());
