import type { Distribution } from '../../aws/distributions/read-distribution.ts';
import { isNobodys } from '../../domain/adoption.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import { isOwnOrigin } from '../../domain/distributions/identity.ts';
import { HIDDEN_SECRET, numbered } from '../../domain/distributions/origin-header.ts';
import { originMoveProblem } from '../../domain/edges/cdn-origin.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { listed } from '../../domain/listed.ts';
import { isOwnedBy, ownerTags, TENANT_TAG, whoseItIs } from '../../domain/ownership.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import { secretGenerationOf } from '../../domain/sites/cdn.ts';
import { ownNames } from '../../domain/sites/own-names.ts';
import type { Scope } from '../resource.ts';
import { foreignFunction } from './bypass-config.ts';
import { aliasesOf, isSecretFormer, newConfig, prepared, released, serving } from './config.ts';
import { originsOf } from './config-parts.ts';
import type { DesiredDistribution } from './desired.ts';
import { differences } from './differences.ts';
import { isMovable, type NameHolder } from './holders.ts';
import { foreignResponses, isPageBehavior, isPageOrigin } from './page-config.ts';

export const TYPE = 'distribution';

/** One that bears the site's tags, or that the ledger has as the site's. */
export interface OwnDistribution extends Distribution {
  tags: Record<string, string>;
}

export interface SeenDistributions {
  own: readonly OwnDistribution[];
  /** Read where names are to be served. */
  holders?: readonly NameHolder[];
  /** The names that CloudFront was asked for, and takes once DNS leads them to the distribution. */
  pointedFirst?: readonly string[];
  /** How many the account has; not read where nothing is counted. */
  count?: number;
  /** How many of them have a page of ours. */
  pages?: number;
}

export function distributionChanges(
  [declared]: readonly DesiredDistribution[],
  seen: SeenDistributions,
  scope: Scope,
): Change[] {
  const desired = declared && servedNow(declared, seen, scope);
  const used = desired && usedDistribution(seen, scope);
  return [
    ...(desired ? usedChanges(desired, used, scope) : []),
    ...inPhase(
      'prepare',
      desired ? [...immovable(seen, scope).map((each) => nameConflict(each, scope)), ...moveConflicts(scope)] : [],
    ),
    ...inPhase('release', [
      ...(desired && used ? trimmed(desired, used, scope) : []),
      ...seen.own
        .filter((each) => each !== used && isOwnedBy(scope.owner, each.tags))
        .map((each) => removal(each, scope)),
    ]),
  ];
}

/** What the distribution serves before names are moved to it, which others have until then, and before DNS leads names there. */
export function servedNow(desired: DesiredDistribution, seen: SeenDistributions, scope: Scope): DesiredDistribution {
  const later = [...movedNames(seen, scope), ...(seen.pointedFirst ?? [])];
  return { ...desired, names: desired.names.filter((name) => !later.includes(name)) };
}

/** The names that are moved from other distributions once everything else is ready. */
export function movedNames({ holders = [] }: SeenDistributions, scope: Scope): string[] {
  return holders.filter((each) => isMovable(each, scope)).flatMap(({ names }) => names);
}

function immovable({ holders = [] }: SeenDistributions, scope: Scope): NameHolder[] {
  return holders.filter((each) => !isMovable(each, scope));
}

/** The one that the document uses: the one that the steps have told, else one that the ledger or its tags say is the site's. */
export function usedDistribution(
  { own }: SeenDistributions,
  { known, record }: Pick<Scope, 'known' | 'record'>,
): OwnDistribution | undefined {
  const made = record ? madeOf(record, TYPE).map(({ id }) => id) : [];
  return (
    own.find(({ id }) => id === known.CreateDistribution?.distributionId) ??
    own.find(({ id }) => made.includes(id)) ??
    own[0]
  );
}

function usedChanges(desired: DesiredDistribution, used: OwnDistribution | undefined, scope: Scope): Change[] {
  const { owner } = scope;
  const certificateArn = viewerCertificateIn(scope);
  if (!used) {
    const config = newConfig(desired, { callerReference: '' });
    const resource: ResourceRef = { type: TYPE, name: owner.domain };
    const creation = prepared(config, desired, hiddenSecretOf(desired));
    const toServe = differences(creation, serving(creation, desired, certificateArn));
    return [
      ...inPhase('prepare', [
        {
          verb: 'create',
          resource,
          after: { ...differences(EMPTY, creation)?.after, tags: ownerTags(owner) },
          message: `Create a CloudFront distribution ${purposeOf(desired)}; it serves no name before the certificate is issued`,
        },
      ]),
      ...inPhase('shift', toServe ? [updated(resource, toServe)] : []),
    ];
  }
  const { id, domainName, config, tags } = used;
  const resource: ResourceRef = { type: TYPE, name: owner.domain, id };
  if (!isOwnedBy(owner, tags)) {
    const message = `Cannot use the distribution ${id}, which was created for the site: ${whoseItIs(tags)}. Tag it with ${inWords(ownerTags(owner))} again, or delete it, then declare the site again`;
    return inPhase('prepare', [{ verb: 'conflict', resource, before: { tags }, message }]);
  }
  const foreign = foreignResponses(config, desired);
  if (foreign.length > 0) {
    const codes = listed(foreign.map(({ ErrorCode }) => String(ErrorCode)));
    const message = `Cannot show the page of the site in place of ${codes}: the distribution ${id} has error responses of its own for that. Take them out of it, or leave "failover" out, then declare the site again`;
    return inPhase('prepare', [{ verb: 'conflict', resource, before: { errorResponses: foreign }, message }]);
  }
  const theirs = foreignFunction(config, desired);
  if (theirs !== undefined) {
    const message = `Cannot lead operators past the page: the distribution ${id} runs the function ${theirs} for the requests of viewers, and a behavior has one. Take it out there, or leave "bypass" out, then declare the site again`;
    return inPhase('prepare', [{ verb: 'conflict', resource, before: { function: theirs }, message }]);
  }
  const ready = prepared(config, desired, hiddenSecretOf(desired));
  const nextSecret = isSecretFormer(ready, desired) ? hiddenSecretOf(desired) : undefined;
  const toPrepare = differences(config, ready);
  const toServe = differences(ready, serving(ready, desired, certificateArn, nextSecret));
  return [
    ...inPhase('prepare', [
      toPrepare
        ? updated(resource, toPrepare)
        : kept(resource, { domainName }, `Use the distribution ${id}: ${domainName}`),
    ]),
    ...inPhase('shift', toServe ? [updated(resource, toServe)] : []),
  ];
}

/** Failures C1: a name is on one distribution only. */
function nameConflict({ id, domainName, names, tags }: NameHolder, { site }: Scope): Unphased {
  const list = listed(names.map((name) => `"${name}"`));
  const move = 'have it moved when everything else is ready, which undo takes back';
  const how = site?.adopt
    ? `have that distribution tagged ${TENANT_TAG}=${site.tenant} to ${move}`
    : `declare "adopt": true to ${move}`;
  const [whose, orElse] = isNobodys(tags) ? ['', `, or ${how}`] : [`, and ${whoseItIs(tags)}`, ''];
  const message = `Cannot serve ${list}: the distribution ${id} (${domainName}) of this account does${whose}, and CloudFront has a name on one distribution only. Take ${list} off that one, and point DNS elsewhere first if viewers are to be served meanwhile; then declare the site again${orElse}`;
  return { verb: 'conflict', resource: { type: TYPE, name: domainName, id }, before: { names, tags }, message };
}

/** What a change of the origin under the same name would break. */
function moveConflicts({ site, record, owner }: Scope): Unphased[] {
  const message = site && originMoveProblem(site, record?.item.live);
  return message === undefined
    ? []
    : [{ verb: 'conflict', resource: { type: TYPE, name: owner.domain }, before: {}, message }];
}

/** What stands for the secret that the document asks for. */
const hiddenSecretOf = ({ origin }: DesiredDistribution): string =>
  origin ? numbered(secretGenerationOf(origin), HIDDEN_SECRET) : HIDDEN_SECRET;

const purposeOf = ({ origin, domain }: DesiredDistribution): string =>
  origin
    ? `in front of "${origin.originName}"`
    : `for the page of "${domain}", which viewers see while the site is down`;

const EMPTY = {
  CallerReference: '',
  Comment: '',
  Enabled: false,
  Origins: undefined,
  DefaultCacheBehavior: undefined,
} as const;

function updated(
  resource: ResourceRef,
  { before, after, words }: NonNullable<ReturnType<typeof differences>>,
): Unphased {
  const which = resource.id === undefined ? 'the new distribution' : `the distribution ${resource.id}`;
  return { verb: 'update', resource, before, after, message: `Have ${which} ${words}` };
}

/** The certificate that viewers are to see: in a plan, words for one that is not requested yet. */
export function viewerCertificateIn({ known }: Pick<Scope, 'known'>): string {
  return (
    (known.AwaitViewerCertificate ?? known.RequestViewerCertificate)?.certificateArn ?? standIn('viewer certificate')
  );
}

/** What the distribution has of earlier documents: names whose records are gone by then, the former origin, the header of a lock. */
function trimmed(desired: DesiredDistribution, { id, config }: OwnDistribution, scope: Scope): Unphased[] {
  const less = differences(config, released(config, desired, formerNamesOf(scope)));
  return less ? [updated({ type: TYPE, name: scope.owner.domain, id }, less)] : [];
}

export function formerNamesOf({ record }: Pick<Scope, 'record'>): readonly string[] {
  return record?.item.former ?? [];
}

function removal(each: OwnDistribution, scope: Scope): Unphased {
  const { id, domainName } = each;
  const resource: ResourceRef = { type: TYPE, name: scope.owner.domain, id };
  const why = whyRetained(each, scope);
  if (why !== undefined) return { verb: 'retain', resource, message: why };
  return {
    verb: 'delete',
    resource,
    before: { domainName },
    message: `Disable the distribution ${id} (${domainName}), wait until CloudFront has deployed that, and delete it`,
  };
}

/** Everything that keeps it, at once: a person clears it in one round. */
function whyRetained({ id, config }: OwnDistribution, { retained, record }: Scope): string | undefined {
  const obstacle = retained.find((each) => each.id === id);
  const own = record ? ownNames(record.item) : [];
  const names = aliasesOf(config).filter((name) => !own.includes(name));
  const origins = originsOf(config).filter(({ Id }) => !isOwnOrigin(Id) && !isPageOrigin(Id));
  const behaviors = (config.CacheBehaviors?.Items ?? []).filter((each) => !isPageBehavior(each));
  const whys = [
    ...names.map((name) => `it serves "${name}", which is no name of the site. Move that name to another distribution`),
    ...origins.map(
      ({ DomainName }) => `it asks the origin "${DomainName}", which is none of the site. Take that origin out of it`,
    ),
    ...behaviors.map(
      ({ PathPattern }) => `it has a behavior for "${PathPattern}", which the site never gives it. Take that out of it`,
    ),
  ];
  if (obstacle) return [...whys, obstacle.why].join('; ');
  return whys.length === 0 ? undefined : `${whys.join('; ')}, ${THEN_AGAIN}`;
}

/** @throws {Error} for a site that needs none */
export function distributionHandles(
  [desired]: readonly DesiredDistribution[],
  seen: SeenDistributions | undefined,
  scope: Scope,
): StepOutputs['CreateDistribution'] | undefined {
  if (!desired) return undefined;
  const used = seen && usedDistribution(seen, scope);
  if (used) return { distributionId: used.id, domainName: used.domainName };
  const words = standIn(`distribution ${scope.owner.domain}`);
  return { distributionId: words, domainName: words };
}

const inWords = (tags: Readonly<Record<string, string>>): string =>
  Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(' and ');
