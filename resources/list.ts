import type { RemovingStep, StepName } from '../domain/ledger/outputs.ts';
import { alarmResource } from './alarm/alarm.ts';
import { aliases } from './alias/alias.ts';
import { bypass } from './bypass/bypass.ts';
import { certificate } from './certificate/certificate.ts';
import { delegation } from './delegation/delegation.ts';
import { distribution } from './distribution/distribution.ts';
import { domainValidation } from './domain-validation/domain-validation.ts';
import { elasticIp } from './elastic-ip/elastic-ip.ts';
import { healthCheckResource } from './health-check/health-check.ts';
import { hostedZone } from './hosted-zone/hosted-zone.ts';
import { instance } from './instance/instance.ts';
import { httpListener } from './listener/http-listener.ts';
import { listener } from './listener/listener.ts';
import { listenerCertificate } from './listener-certificate/listener-certificate.ts';
import { loadBalancer } from './load-balancer/load-balancer.ts';
import { page } from './page/page.ts';
import { trafficRecords } from './record/traffic-records.ts';
import type { Resource } from './resource.ts';
import { securityGroup } from './security-group/security-group.ts';
import { targetGroup } from './target-group/target-group.ts';
import { targets } from './target-group/targets.ts';
import { serverValidationRecords, validationRecords } from './validation-record/validation-record.ts';
import { viewerCertificate } from './viewer-certificate/viewer-certificate.ts';

/** A resource among all others. */
export interface Listed {
  resource: Resource<unknown, unknown, object>;
  /** The step that prepares it, whose output its handles are; of records, the one that looks for what is in their way. */
  prepare?: StepName;
  /** The step that does so where the site needs only what that prepares: the records of viewers before a server. */
  orPrepare?: StepName;
  /** The step that moves traffic by it. */
  shift?: StepName;
  /** Whose handles it is read and decided by: its first step comes after theirs. */
  after: readonly string[];
  /** The step that releases it. */
  release?: RemovingStep;
  /** What is released before it: what that retains, it retains. Absent of zones and their delegation, which a change keeps and an undo removes without approval. */
  releasedAfter?: readonly string[];
}

/**
 * Every resource of a site once, by the name of its folder and of its function, in the order of the workflow. Plans, the approval of
 * removals and the contract go by this list. A person's records at another DNS provider are no part of it: a plan shows them as
 * records to enter.
 */
export const RESOURCES = {
  'hosted-zone': { resource: hostedZone, prepare: 'FindZone', after: [], release: 'RemoveZone' },
  delegation: { resource: delegation, prepare: 'WriteDelegation', after: ['hosted-zone'], release: 'RemoveDelegation' },
  instance: {
    resource: instance,
    prepare: 'CreateInstance',
    after: [],
    release: 'RemoveInstance',
    releasedAfter: ['elastic-ip'],
  },
  certificate: {
    resource: certificate,
    prepare: 'RequestCertificate',
    after: [],
    release: 'RemoveCertificates',
    releasedAfter: ['instance'],
  },
  'viewer-certificate': {
    resource: viewerCertificate,
    prepare: 'RequestViewerCertificate',
    after: [],
    release: 'RemoveViewerCertificates',
    releasedAfter: ['certificate', 'distribution'],
  },
  'domain-validation': {
    resource: domainValidation,
    prepare: 'RequestDomainValidations',
    after: [],
    release: 'RemoveDomainValidations',
    releasedAfter: ['viewer-certificate'],
  },
  'validation-record': {
    resource: validationRecords,
    prepare: 'WriteValidationRecords',
    orPrepare: 'WriteViewerValidationRecords',
    after: ['hosted-zone', 'certificate', 'viewer-certificate'],
    release: 'RemoveValidationRecords',
    releasedAfter: ['certificate', 'viewer-certificate', 'domain-validation'],
  },
  'server-validation-record': {
    resource: serverValidationRecords,
    prepare: 'WriteServerValidationRecords',
    after: ['hosted-zone', 'domain-validation'],
  },
  'security-group': {
    resource: securityGroup,
    prepare: 'OpenSecurityGroups',
    after: [],
    release: 'RemoveSecurityGroups',
    releasedAfter: ['load-balancer', 'target-group'],
  },
  'load-balancer': {
    resource: loadBalancer,
    prepare: 'CreateLoadBalancer',
    after: ['security-group'],
    release: 'RemoveLoadBalancer',
    releasedAfter: ['listener'],
  },
  'target-group': {
    resource: targetGroup,
    prepare: 'CreateTargetGroup',
    after: ['security-group'],
    release: 'RemoveTargetGroups',
    releasedAfter: ['load-balancer'],
  },
  target: { resource: targets, after: ['target-group'], release: 'RemoveTargets', releasedAfter: ['record'] },
  'http-listener': { resource: httpListener, prepare: 'CreateHttpListener', after: ['load-balancer'] },
  'elastic-ip': {
    resource: elasticIp,
    prepare: 'ReserveAddress',
    after: [],
    release: 'ReleaseAddress',
    releasedAfter: ['security-group'],
  },
  'listener-certificate': {
    resource: listenerCertificate,
    prepare: 'AddListenerCertificate',
    after: ['certificate'],
    release: 'RemoveListenerCertificates',
    releasedAfter: ['target', 'distribution'],
  },
  page: {
    resource: page,
    prepare: 'WritePage',
    after: [],
    release: 'RemovePage',
    releasedAfter: ['distribution'],
  },
  bypass: {
    resource: bypass,
    prepare: 'CreateBypass',
    after: [],
    release: 'RemoveBypass',
    releasedAfter: ['distribution'],
  },
  distribution: {
    resource: distribution,
    prepare: 'CreateDistribution',
    shift: 'ServeAliases',
    after: ['viewer-certificate', 'page', 'bypass'],
    release: 'RemoveDistribution',
    releasedAfter: ['alarm'],
  },
  alias: {
    resource: aliases,
    shift: 'MoveAliases',
    after: ['distribution'],
    release: 'RestoreAliases',
    releasedAfter: [],
  },
  listener: {
    resource: listener,
    prepare: 'AttachCertificate',
    after: ['certificate', 'load-balancer', 'target-group', 'distribution'],
    shift: 'MoveListener',
    release: 'RemoveListeners',
    releasedAfter: ['listener-certificate'],
  },
  'health-check': {
    resource: healthCheckResource,
    prepare: 'CreateHealthCheck',
    after: [],
    release: 'RemoveHealthChecks',
    releasedAfter: ['record'],
  },
  alarm: {
    resource: alarmResource,
    prepare: 'CreateAlarm',
    after: ['health-check'],
    release: 'RemoveAlarms',
    releasedAfter: ['health-check'],
  },
  record: {
    resource: trafficRecords,
    prepare: 'CheckRecords',
    shift: 'PointRecords',
    after: ['hosted-zone', 'load-balancer', 'listener-certificate', 'distribution', 'elastic-ip', 'health-check'],
    release: 'RemoveRecords',
    releasedAfter: ['alias'],
  },
} as const satisfies Record<string, Listed>;

export type Kind = keyof typeof RESOURCES;

type ActualOf<Each> = Each extends { resource: Resource<infer _Desired, infer Actual, infer _Handles> }
  ? Actual
  : never;

/** What was read of each resource; nothing of one that the document does not ask for. */
export type Seen = { [Each in Kind]?: ActualOf<(typeof RESOURCES)[Each]> };

export const KINDS = Object.keys(RESOURCES) as Kind[];

export function listed(kind: Kind): Listed {
  return RESOURCES[kind];
}
