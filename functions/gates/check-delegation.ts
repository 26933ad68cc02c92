import { Resolver } from '../../aws/dns/resolver.ts';
import { challenges } from '../../domain/entries/challenge.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import { delegation } from '../../resources/gates/delegation/delegation.ts';
import { provenIn } from '../../resources/gates/delegation/judge.ts';
import { entryMade } from '../../resources/manual-record/entered.ts';
import { claimantOf } from '../../resources/manual-record/manual-records.ts';
import { rememberProofs } from '../../resources/ownership/remember-proofs.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Waits until the names are known to be the claimant's, and remembers how they were proven. */
export const checkDelegation = (newResolver: () => Resolver) =>
  gateStep(delegation, () => ({ dns: newResolver() }), {
    // An undo of a site that never gets any further reports what was asked for, too.
    before: async ({ site, environment, keep }) => {
      if (!isExternal(site)) return;
      await keep(...challenges(site, claimantOf(environment, site)).map((entry) => entryMade(entry)));
    },
    remember: async (sight, scope, context) => {
      const proven = provenIn(sight, scope);
      if (proven) await rememberProofs(context, proven);
    },
  });

export const handler = checkDelegation(() => new Resolver());
