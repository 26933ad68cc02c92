import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import {
  generationOf,
  HIDDEN_SECRET,
  hidden,
  numbered,
  ORIGIN_HEADER,
} from '../../domain/distributions/origin-header.ts';
import { allTo, besides, type Forward, isSameForwarding } from '../../domain/load-balancers/forwards.ts';
import {
  acceptedNext,
  acceptedOf,
  acceptedWith,
  hasMadeLockRule,
  type LockRule,
  lockRuleIn,
} from '../../domain/load-balancers/origin-lock.ts';
import { cdnOf, isLocked, secretGenerationOf } from '../../domain/sites/cdn.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { Scope } from '../resource.ts';
import type { SeenListeners } from './changes.ts';
import type { OwnListener } from './releases.ts';

/** The rule that forwards the requests of the distribution, which it knows by their secret header. */
export const RULE = 'listener rule';

/** What the rule is made of, its secrets in the order in which the distribution sends them. */
export type RuleState = Pick<LockRule, 'secrets' | 'forwards'>;

/** What is added to the rule before requests are moved (prepare), and the move itself (shift). It stays until the release. */
export function lockChanges(
  { secure, secret: sent }: SeenListeners,
  listener: ResourceRef,
  { site, targetGroupArn }: { site: Scope['site']; targetGroupArn: string },
): Change[] {
  const isDesired = site !== undefined && isLocked(site);
  const { rules = [], isRuleOurs } = secure ?? {};
  const rule = lockRuleIn(rules);
  if (!rule) return isDesired ? inPhase('prepare', [created(listener, targetGroupArn)]) : [];
  const resource = ruleOf(listener, rule);
  if (!isRuleOurs) {
    const message = `Cannot have port 443 know CloudFront by the header "${ORIGIN_HEADER}": the rule ${rule.arn} compares it, and is not the site's. Delete it, then declare the site again`;
    return isDesired ? inPhase('prepare', [{ verb: 'conflict', resource, before: shown(rule), message }]) : [];
  }
  // A distribution that sends none is given one that the rule accepts.
  const secret = sent ?? (site?.cdn && acceptedOf(rule, secretGenerationOf(site.cdn)));
  const next = site && nextSecretIn(rule, { secret, site }, (generation) => numbered(generation, HIDDEN_SECRET));
  const prepared = preparedRule(rule, isDesired ? { secret, next, targetGroupArn } : { targetGroupArn });
  const moved = { ...prepared, forwards: allTo(targetGroupArn) };
  return [
    ...inPhase('prepare', [
      isSame(rule, prepared)
        ? kept(resource, shown(rule), 'Keep the rule for the requests of CloudFront on port 443')
        : updated(resource, { before: rule, after: prepared, message: whatIsAdded(rule, prepared) }),
    ]),
    ...(isSame(prepared, moved)
      ? []
      : inPhase('shift', [updated(resource, { before: prepared, after: moved, message: MOVED })])),
  ];
}

/**
 * The secret that the distribution is to send next, where the document asks for another than it sends: the rule has it, or `make` does.
 * Undefined where none follows.
 */
export function nextSecretIn(
  { secrets }: Pick<RuleState, 'secrets'>,
  { secret, site }: { secret: string | undefined; site: Site },
  make: (generation: number) => string,
): string | undefined {
  if (!isLocked(site) || secret === undefined) return undefined;
  const generation = secretGenerationOf(cdnOf(site));
  if (generationOf(secret) === generation) return undefined;
  return secrets.find((each) => each !== secret && generationOf(each) === generation) ?? make(generation);
}

const MOVED = 'Send all requests of CloudFront to the target group, once its target is healthy';

/** The rule once it accepts the secret too, and ELB checks the targets of the group. `secret`: undefined of one that is not made yet. */
export function preparedRule(
  { secrets, forwards }: RuleState,
  { targetGroupArn, next, ...lock }: { secret?: string | undefined; next?: string | undefined; targetGroupArn: string },
): RuleState {
  const { secret = '' } = lock;
  const withNext = next === undefined ? acceptedWith(secrets, secret) : acceptedNext(secrets, secret, next);
  const accepted = 'secret' in lock ? withNext : secrets;
  return { secrets: accepted, forwards: besides(forwards, targetGroupArn) };
}

/**
 * What is taken away when the document serves: other requests than those of CloudFront, and secrets that it no longer sends; or
 * the rule, where the document has no lock.
 */
export function lockReleases(
  listener: OwnListener,
  resource: ResourceRef,
  { secret, scope: { site, record } }: { secret: string | undefined; scope: Scope },
): Unphased[] {
  if (listener.port !== 443) return [];
  const rule = hasMadeLockRule(record, listener.arn) ? lockRuleIn(listener.rules ?? []) : undefined;
  if (!site || !isLocked(site)) return rule ? [deleted(ruleOf(resource, rule), rule)] : [];
  const accepted: RuleState | undefined = rule && secret !== undefined ? { ...rule, secrets: [secret] } : rule;
  return [
    ...(listener.refuses ? [] : [refused(resource, listener)]),
    ...(rule && accepted && rule.secrets.includes(secret ?? '') && !isSame(rule, accepted)
      ? [updated(ruleOf(resource, rule), { before: rule, after: accepted, message: 'Accept one secret on port 443' })]
      : []),
  ];
}

/** The rule as plans name it. */
export function ruleOf(listener: ResourceRef, rule?: LockRule): ResourceRef {
  return { type: RULE, name: `${listener.name} ${ORIGIN_HEADER}`, ...(rule && { id: rule.arn }) };
}

function created(listener: ResourceRef, targetGroupArn: string): Unphased {
  const after = shown({ secrets: [''], forwards: allTo(targetGroupArn) });
  const message = `Have port 443 forward the requests of CloudFront to the target group, by a rule for the secret header "${ORIGIN_HEADER}"`;
  return { verb: 'create', resource: ruleOf(listener), after, message };
}

function updated(
  resource: ResourceRef,
  { before, after, message }: { before: RuleState; after: RuleState; message: string },
): Unphased {
  return { verb: 'update', resource, before: shown(before), after: shown(after), message };
}

function deleted(resource: ResourceRef, rule: LockRule): Unphased {
  const message = 'Delete the rule for the requests of CloudFront on port 443: the load balancer answers others too';
  return { verb: 'delete', resource, before: shown(rule), message };
}

function refused(resource: ResourceRef, { forwards }: OwnListener): Unphased {
  const message = 'Answer 403 on port 443 to requests that do not come through CloudFront';
  return { verb: 'update', resource, before: { forwards }, after: { otherwise: 403 }, message };
}

function whatIsAdded(rule: RuleState, prepared: RuleState): string {
  const accepts = rule.secrets.length === prepared.secrets.length && rule.secrets.every(isIn(prepared.secrets));
  const adds = [
    ...(accepts ? [] : ['accept the secret header of the distribution too']),
    ...(isSameForwarding(rule.forwards, prepared.forwards)
      ? []
      : ['check the targets of the target group, without requests yet']),
  ];
  return `Have the rule for the requests of CloudFront on port 443 ${adds.join(', and ')}`;
}

const isIn = (secrets: readonly string[]) => (secret: string) => secrets.includes(secret);

function isSame(one: RuleState, other: RuleState): boolean {
  const { length } = one.secrets;
  return (
    length === other.secrets.length &&
    one.secrets.every(isIn(other.secrets)) &&
    isSameForwarding(one.forwards, other.forwards)
  );
}

/** A secret is neither shown nor written down. */
function shown({ secrets, forwards }: RuleState): { header: string; values: string[]; forwards: readonly Forward[] } {
  return { header: ORIGIN_HEADER, values: secrets.map(hidden), forwards };
}
