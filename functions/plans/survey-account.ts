import type { Context } from 'aws-lambda';
import { classify } from '../../aws/classify.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { route53Of } from '../../aws/zones/route53-of.ts';
import { quotasOf, takesOf } from '../../domain/tenants/share.ts';
import { needsZone } from '../../domain/zones/needs-zone.ts';
import type { SeenCertificates } from '../../resources/certificate/changes.ts';
import { foreseeCertificate } from '../../resources/certificate/foresee-certificate.ts';
import { foreseeIfSeen } from '../../resources/hosted-zone/foresee-delegation.ts';
import type { Foresee } from '../../resources/resource.ts';
import { Refusal } from '../shared/api/refusal.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';
import type { AccountSurvey, SurveyAnswer, SurveyRequest } from '../shared/plans/account-survey.ts';
import { askLimits } from '../shared/plans/ask-limits.ts';
import { planChanges } from '../shared/plans/plan-changes.ts';
import { surveySite } from '../shared/plans/survey-site.ts';
import { limitedDeletions } from '../shared/removal/limited-deletions.ts';
import { accountLimits } from '../shared/tenants/account-limits.ts';

/** How long name servers have to answer, in milliseconds, where a caller waits to begin. */
const DEADLINE_MS = 10_000;

/**
 * Looks at the account for a plan, and for a declaration that is about to begin: one function has AWS's clients for all that a
 * site is made of, so that those of the API, which ask it, start without them. It changes nothing.
 */
export const surveyAccount = (newResolver: (options: { deadlineMs?: number }) => Resolver) => {
  async function answered(request: SurveyRequest): Promise<SurveyAnswer> {
    logger.appendKeys({ domain: request.declared.domain, planning: request.planning });
    const resolver = () => newResolver(request.planning ? {} : { deadlineMs: DEADLINE_MS });
    try {
      return { survey: await survey(request, resolver) };
    } catch (error) {
      if (error instanceof Refusal && error.problem.errors) return { errors: error.problem.errors };
      const failure = classify(error);
      logger.error('Cannot look at the account', failure ?? (error as Error));
      if (!failure) throw error;
      return { failure: { name: failure.name, message: failure.message } };
    }
  }
  return loggingHandler<SurveyRequest, SurveyAnswer>().handler((request: SurveyRequest, _: Context) =>
    answered(request),
  );
};

export const handler = surveyAccount((options) => new Resolver(options));

async function survey(
  { declared, record, planning, undelegated = [], ...asked }: SurveyRequest,
  newResolver: () => Resolver,
): Promise<AccountSurvey> {
  const now = new Date(asked.now);
  const environment = readEnvironment();
  const looked = await surveySite(declared, record, { newResolver, now, planning });
  const { site, clients, zones: inAccount, names, instance, subnets, reach } = looked;
  const route53 = route53Of(site, environment, clients);
  const foresee: Foresee = async (zone, zones) =>
    planning
      ? foreseeIfSeen(newResolver(), zone, { route53, zones })
      : undelegated.find((told) => told.zone === zone.name);
  const planned = await planChanges(looked, { record, environment, newResolver, now, foresee });
  const { changes, obstacles, zones, usage, seen } = planned;
  const makesZone = needsZone(site, inAccount.public, record?.item);
  const [limits, granted, certificateFindings, deletions] = await Promise.all([
    askLimits(looked, { changes, zones, environment }),
    site.tenant === undefined ? {} : accountLimits(clients, quotasOf(takesOf(site, { makesZone }))),
    planning ? foreseeCertificate({ site, changes }, { clients, environment, now }) : [],
    planning ? undefined : limitedDeletions(changes, { site, record, route53, zones: inAccount.public, environment }),
  ]);
  const [certificate, viewerCertificate] = [seen.certificate, seen['viewer-certificate']].map(surveyed);
  return {
    site,
    names,
    ...(instance && { instance }),
    subnets,
    reach,
    changes,
    obstacles,
    zones,
    usage,
    publicZones: inAccount.public,
    passedOver: seen['hosted-zone']?.passedOver,
    ...(certificate && { certificate }),
    ...(viewerCertificate && { viewerCertificate }),
    certificateFindings,
    loss: seen['elastic-ip']?.loss,
    limits,
    granted,
    ...(deletions && { deletions }),
  };
}

function surveyed({ chosen }: SeenCertificates = { former: [] }): AccountSurvey['certificate'] {
  const { status, records } = chosen ?? {};
  return chosen && { ...(status !== undefined && { status }), ...(records && { records }) };
}
