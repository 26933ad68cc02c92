import { createHash } from 'node:crypto';
import { Resolver } from '../../aws/dns/resolver.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { fits } from '../../aws/ledger/item-size.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { writePlan } from '../../aws/ledger/plans.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import { lookAtOrigin } from '../../aws/origins/look-at-origin.ts';
import { checksum } from '../../domain/changes/checksum.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { PlanItem } from '../../domain/ledger/plan-item.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import type { PlanView } from '../../domain/plans/view.ts';
import { operationFindings } from '../../domain/preflight/operation-findings.ts';
import { preflight } from '../../domain/preflight/preflight.ts';
import { shareFindings } from '../../domain/preflight/share-findings.ts';
import { lossFindings } from '../../domain/servers/address-loss.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import { expectedProblem } from '../../domain/sites/tenant.ts';
import { silenceChecksum } from '../../domain/zones/carry-over.ts';
import { needsZone } from '../../domain/zones/needs-zone.ts';
import type { SeenZone } from '../../domain/zones/seen-zone.ts';
import { entriesBeforehand, lookAtEntries } from '../../resources/manual-record/manual-records.ts';
import { entriesToRemoveLater, lookAtLeaving } from '../../resources/manual-record/records-to-remove.ts';
import { PROBES, type Probes } from '../../resources/probes/probe-edge.ts';
import { api, Refusal } from '../shared/api/api.ts';
import { expectedTenant } from '../shared/api/expected-tenant.ts';
import { invalidSite } from '../shared/api/invalid-site.ts';
import { readBody, readJson } from '../shared/api/read-body.ts';
import { type AskSurvey, askSurvey } from '../shared/plans/ask-survey.ts';
import { readPlanFindings } from '../shared/plans/plan-findings.ts';
import { plannableRecord } from '../shared/sites/anothers-site.ts';
import { readDeclaration } from '../shared/sites/read-declaration.ts';
import { limitsReached } from '../shared/tenants/take-share.ts';

/** How long a plan can be applied: long enough to read it, too short to forget what it was about. */
const KEPT_SECONDS = 15 * 60;

/**
 * `POST /v1/plans`: what onboarding the site, or changing one that stands, would do, found by looking only. Nothing is made in the world; the ledger
 * keeps the plan to be applied.
 */
export const createPlan = (
  newResolver: () => Resolver,
  probes: Probes,
  { survey: askedSurvey = askSurvey, look = lookAtOrigin }: { survey?: AskSurvey; look?: typeof lookAtOrigin } = {},
) =>
  api(async (event, { now, remaining }) => {
    const { site: declared, errors } = readDeclaration(readJson(readBody(event)));
    const expected = expectedTenant(event.queryStringParameters);
    if (errors) throw invalidSite(undefined, errors);
    const others = expectedProblem(declared.tenant, expected);
    if (others.length > 0) throw invalidSite(undefined, others);
    const environment = readEnvironment();
    const ledger = openLedger(environment);
    const stored = await readSite(ledger, declared.domain);
    const record = await plannableRecord(ledger, declared, { record: stored, now });
    const survey = await askedSurvey({ declared, record, planning: true, now: now.toISOString() });
    const { site, changes, zones, usage, limits, certificate, viewerCertificate, passedOver } = survey;
    const [reached, told] = await Promise.all([
      limitsReached(ledger, site, {
        over: stored?.item,
        makesZone: needsZone(site, survey.publicZones, stored?.item),
        granted: async () => survey.granted,
        now,
      }),
      readPlanFindings(
        {
          site,
          zones,
          instance: survey.instance,
          live: liveNames(record),
          distributions: distributionNames(record),
          changes,
        },
        { dns: newResolver(), ledger, now, probes, look, remaining },
      ),
    ]);
    const sum = checksum(changes);
    const plan = {
      id: planId(sum, event.requestContext.requestId),
      domain: site.domain,
      checksum: sum,
      changes,
      createdAt: now.toISOString(),
    };
    const expiresAt = Math.floor(now.getTime() / 1000) + KEPT_SECONDS;
    const kept = { ...plan, ...delegationsOf(zones), site };
    if (!fits(kept)) {
      const detail = `Cannot keep the plan for "${site.domain}": what it takes over is too much for one site; declare fewer names in it`;
      throw new Refusal('plan-too-large', detail);
    }
    await writePlan(ledger, { ...kept, expiresAt });
    const { subnets, reach } = survey;
    const unread = survey.names.length < namesOf(site).length;
    const running = operationFindings(site.domain, record?.item.operation);
    const findings = [
      ...running,
      ...reach,
      ...told,
      ...survey.certificateFindings,
      ...lossFindings(survey.loss),
      ...shareFindings(reached),
    ];
    const about = { zones, passedOver, certificate, viewerCertificate, usage, limits, subnets, unread };
    const found = preflight({ site, changes, seen: findings, ...about });
    const validation = [certificate, viewerCertificate].flatMap((each) => each?.records ?? []);
    const entered = { zones, validation, environment, live: liveNames(record) };
    const [records, recordsToRemove] = await Promise.all([
      lookAtEntries(newResolver(), entriesBeforehand(site, entered), { site }),
      lookAtLeaving(newResolver(), entriesToRemoveLater(record, site)),
    ]);
    const view: PlanView = {
      ...plan,
      // An interface is no record to TypeScript; every state is a plain object.
      changes: changes as PlanView['changes'],
      expiresAt: new Date(expiresAt * 1000).toISOString(),
      ...(records.length > 0 && { records }),
      ...(recordsToRemove.length > 0 && { recordsToRemove }),
      ...found,
    };
    return { status: 200, body: view };
  });

export const handler = createPlan(() => new Resolver(), PROBES);

function liveNames(record: SiteRecord | undefined): string[] {
  const live = record?.item.live;
  return live ? namesOf(live).map(({ name }) => name) : [];
}

function distributionNames(record: SiteRecord | undefined): string[] {
  const made = record ? madeOf(record, 'distribution') : [];
  return made.flatMap(({ domainName }) => (domainName === undefined ? [] : [domainName]));
}

/** What a plan remembers of the zones to be delegated: name servers are asked anew by the step that copies. */
function delegationsOf(zones: readonly SeenZone[]): Pick<PlanItem, 'undelegated' | 'silences'> {
  const undelegated = zones.flatMap((zone) => {
    if (zone.kind === 'ambiguous' || !zone.delegating) return [];
    const { parent, delegatedTo, answered } = zone.delegating;
    const sets = answered.sets.filter(({ name }) => zone.names.includes(name));
    return [{ zone: zone.name, parent, delegatedTo, answered: { ...answered, sets } }];
  });
  const silences = silenceChecksum(
    zones.flatMap((zone) => (zone.kind === 'ambiguous' ? [] : (zone.delegating?.silenced ?? []))),
  );
  return { ...(undelegated.length > 0 && { undelegated }), ...(silences !== undefined && { silences }) };
}

/** Derived from the plan and the request that asked for it. */
function planId(sum: string, requestId: string): string {
  return createHash('sha256').update(`${sum} ${requestId}`).digest('hex').slice(0, 16);
}
