import type { ValidationRecord } from '../certificates/validation-record.ts';
import type { Maintenance } from '../failover/maintenance.ts';
import type { InsistingName } from '../probes/max-age.ts';
import type { Obstacle } from '../removal/obstacle.ts';
import type { AddressType } from '../sites/address-types.ts';
import type { FailureReason } from '../sites/reason.ts';
import type { SiteZone } from '../zones/site-zone.ts';
import type { Left } from './left.ts';
import type { ResourceId } from './released.ts';
import type { SiteRecord } from './site-record.ts';
import type { StepItem } from './step-item.ts';

/**
 * What each step leaves for later ones: ids and ARNs, kept small. A new step adds its line here; `step()` holds the
 * step to it and `outputOf()` gives it to whoever reads.
 */
export interface StepOutputs {
  /** `releases`: there may be resources of earlier documents. The workflow chooses its way by these. */
  ClaimSite: {
    hasLoadBalancer: boolean;
    joinsLoadBalancer: boolean;
    hasDistribution: boolean;
    hasFailover: boolean;
    hasAcme: boolean;
    exportsCertificate: boolean;
    makesInstance: boolean;
    releases: boolean;
  };
  /** `delegating`: the zones that were not delegated to, with what that means for viewers. */
  FindZone: { zones: SiteZone[]; nameServers: string[]; delegating?: DelegatingZone[] };
  WriteDelegation: Nothing;
  CheckDelegation: Nothing;
  CheckAuthorization: Nothing;
  CheckRecords: Nothing;
  /** "i-0123456789abcdef0": the site's document has it from then on. */
  CreateInstance: { instanceId: string };
  AwaitInstance: Nothing;
  RequestCertificate: { certificateArn: string; records: ValidationRecord[] };
  /** `writtenAgain`: in this operation, after they had been removed. */
  WriteValidationRecords: { writtenAgain?: true };
  AwaitCertificate: { certificateArn: string };
  /** The request that timed out, when ACM is asked anew, and the number of that request. The workflow waits until then. */
  DiscardCertificate: { certificateArn: string; askAgainAt: string; nextRequest: number };
  RequestViewerCertificate: { certificateArn: string; records: ValidationRecord[] };
  WriteViewerValidationRecords: { writtenAgain?: true };
  AwaitViewerCertificate: { certificateArn: string };
  /** The same as of DiscardCertificate. */
  DiscardViewerCertificate: { certificateArn: string; askAgainAt: string; nextRequest: number };
  /** `directory`: where a server's ACME client begins. */
  RequestDomainValidations: { endpointArn: string; directory: string; roleArn: string; records: ValidationRecord[] };
  WriteServerValidationRecords: { writtenAgain?: true };
  AwaitDomainValidations: Nothing;
  AwaitServer: Nothing;
  /** Where CloudFront finds the page: `path` under the site's names and in the bucket, and what it reads and sends it by. */
  WritePage: { path: string; bucketDomain: string; accessControlId: string; headersPolicyId: string };
  /** Nothing of a site without a bypass. */
  CreateBypass: { functionArn?: string };
  /** `domainName`: "d111111abcdef8.cloudfront.net". */
  CreateDistribution: { distributionId: string; domainName: string };
  /**
   * `moves`: the names that other distributions of the account have until MoveAliases. `pointedFirst`: those that CloudFront takes once DNS
   * leads them here.
   */
  ServeAliases: { moves?: string[]; pointedFirst?: string[] };
  AwaitDistribution: Nothing;
  ReserveAddress: { address?: string };
  /** `wayIn`: the group of the instance that lets the load balancer in. */
  OpenSecurityGroups: { groupId: string; vpcId: string; wayIn: string };
  CreateLoadBalancer: { loadBalancerArn: string; dnsName: string; zoneId: string; createdAt: string };
  CreateTargetGroup: { targetGroupArn: string };
  CreateHttpListener: Nothing;
  AttachCertificate: { listenerArn: string };
  /** Of a load balancer that exists: `types` are the records that can lead to it. */
  AddListenerCertificate: {
    loadBalancerArn: string;
    listenerArn: string;
    dnsName: string;
    zoneId: string;
    types: AddressType[];
  };
  AwaitLoadBalancer: Nothing;
  MoveListener: { listenerArn: string };
  MoveAliases: Nothing;
  PointOrigin: { changes: { zoneId: string; changeId: string }[] };
  AwaitOriginSync: Nothing;
  CheckOrigin: Nothing;
  CreateHealthCheck: { healthCheckId: string };
  CreateAlarm: { alarmName: string };
  AwaitHealthCheck: Nothing;
  Preflight: Nothing;
  /** `forgottenAt`: when resolvers have forgotten what stood before. */
  PointRecords: { changes: { zoneId: string; changeId: string }[]; forgottenAt?: string };
  AwaitSync: Nothing;
  /** `insists`: the names that sent Strict-Transport-Security. */
  ProbeSite: { insists?: InsistingName[] };
  MarkLive: Nothing;
  /** `movesInside`: viewers are led inside of the distribution, and not by records. */
  ClaimSwitch: { movesInside: boolean; hasBypass: boolean };
  ProbePage: Nothing;
  ProbeSwitch: Nothing;
  MarkSwitched: { maintenance?: Maintenance };
  /** `reason`: why the switch has failed. */
  RevertSwitch: { movesInside: boolean; hasBypass: boolean; reason: FailureReason };
  MarkNotSwitched: { reason: FailureReason };
  /** What the site had when it was first taken back. */
  ClaimUndo: { had?: ResourceId[] };
  /** What others' records lead to, as it was approved: the removing steps retain it. */
  CheckRemoval: { retained: Obstacle[] };
  RemoveRecords: Remains & { changes: { zoneId: string; changeId: string }[] };
  /** How long resolvers may still lead viewers to the edge. The workflow waits for as long. */
  AwaitRemoval: { forgetSeconds: number };
  RemoveOriginRecord: Remains & { changes: { zoneId: string; changeId: string }[] };
  RemoveTargets: Remains;
  RestoreAliases: Remains;
  RemoveHealthChecks: Remains;
  RemoveAlarms: Remains;
  /** `removed`: what is no more, which ACM may name for a while as what serves a certificate. */
  RemoveDistribution: Remains & { removed?: string[] };
  RemovePage: Remains;
  RemoveBypass: Remains;
  RemoveListenerCertificates: Remains;
  RemoveListeners: Remains;
  RemoveLoadBalancer: Remains;
  RemoveTargetGroups: Remains;
  RemoveSecurityGroups: Remains;
  ReleaseAddress: Remains;
  RemoveInstance: Remains;
  RemoveCertificates: Remains & { removed: string[] };
  RemoveViewerCertificates: Remains & { removed: string[] };
  RemoveDomainValidations: Remains;
  RemoveValidationRecords: Remains;
  /** How long resolvers may still be sent to the hosted zone. The workflow waits for as long before it is deleted. */
  RemoveDelegation: Remains & { forgetSeconds: number };
  RemoveZone: Remains;
  MarkUndone: Nothing;
}

/** What is told of a zone while its delegation is waited for, and once it is delegated. */
export interface DelegatingZone {
  zone: string;
  /** "api.app.example.test A": without an answer once the zone is delegated, as it was approved. */
  silenced: string[];
  /** The way without other name servers, where the zone is kept elsewhere with web or mail. */
  elsewhere?: string;
  /** How long resolvers may go by what they were answered before, or by there being no answer. */
  rememberedSeconds: number;
}

type Nothing = Record<string, never>;

/** What a removing step did not remove, and why. */
type Remains = { left: Left[] };

export type StepName = keyof StepOutputs;

/** A step that tells what it did not remove. */
export type RemovingStep = { [Name in StepName]: StepOutputs[Name] extends Remains ? Name : never }[StepName];

/**
 * What an earlier step of this operation left.
 *
 * @throws {Error} when that step isn't done: the workflow has them in the wrong order
 */
export function outputOf<Name extends StepName>(record: SiteRecord, name: Name): StepOutputs[Name] {
  const output = outputIfDone(record, name);
  if (!output) throw new Error(`Cannot read what "${name}" left for "${record.item.domain}": it is not done`);
  return output;
}

/** The same, undefined when that step isn't done in this operation (it may not be part of it). */
export function outputIfDone<Name extends StepName>(record: SiteRecord, name: Name): StepOutputs[Name] | undefined {
  const found = stepOf(record, name);
  return found && counts(found, record.item) ? found.output : undefined;
}

/** An operation that only moves traffic goes by what the steps of the document have left. */
function counts({ state, revision }: StepItem, { revision: current, documentRevision }: SiteRecord['item']): boolean {
  return state === 'done' && (revision === current || revision === documentRevision);
}

/** How a step stands, whichever operation wrote it last. */
export function stepOf<Name extends StepName>(record: SiteRecord, name: Name): StepItem<StepOutputs[Name]> | undefined {
  return record.steps.find((step) => step.name === name) as StepItem<StepOutputs[Name]> | undefined;
}

/** What the steps that are done in this operation have left. */
export function doneIn({ item, steps }: SiteRecord): Partial<StepOutputs> {
  const done = steps.filter((step) => counts(step, item));
  return Object.fromEntries(done.map(({ name, output }) => [name, output]));
}

/** The load balancer that the edge of the site uses: one of the site, or one that exists. */
export type UsedBalancer = Pick<StepOutputs['CreateLoadBalancer'], 'loadBalancerArn' | 'dnsName' | 'zoneId'> & {
  /** The records that can lead to it; any of one of the site. */
  types?: readonly AddressType[];
};

export function balancerIn(known: Partial<StepOutputs>): UsedBalancer | undefined {
  return known.CreateLoadBalancer ?? known.AddListenerCertificate;
}

/**
 * The same, as the steps of this operation have told.
 *
 * @throws {Error} when neither step is done
 */
export function balancerOf(record: SiteRecord): UsedBalancer {
  return outputIfDone(record, 'AddListenerCertificate') ?? outputOf(record, 'CreateLoadBalancer');
}
