import type { RemovingStep, StepName } from '../domain/ledger/outputs.ts';
import { certificate } from './certificate/certificate.ts';
import { elasticIp } from './elastic-ip/elastic-ip.ts';
import { hostedZone } from './hosted-zone/hosted-zone.ts';
import { httpListener } from './listener/http-listener.ts';
import { listener } from './listener/listener.ts';
import { loadBalancer } from './load-balancer/load-balancer.ts';
import { trafficRecords } from './record/traffic-records.ts';
import type { Resource } from './resource.ts';
import { securityGroup } from './security-group/security-group.ts';
import { targetGroup } from './target-group/target-group.ts';
import { targets } from './target-group/targets.ts';
import { validationRecords } from './validation-record/validation-record.ts';

/** A resource among all others. */
export interface Listed {
  resource: Resource<unknown, unknown, object>;
  /** The step that prepares it, whose output its handles are. */
  step?: StepName;
  /** Whose handles it is read and decided by. */
  after: readonly string[];
  /** The step that releases it. */
  released?: RemovingStep;
  /** What is released before it: what that retains, it retains. */
  releasedAfter?: readonly string[];
}

/**
 * Every resource of a site once, by the name of its folder and of its function, in the order of the workflow. Plans, the approval of
 * removals and the contract go by this list. A person's records at another DNS provider are no part of it: a plan shows them as
 * records to enter.
 */
export const RESOURCES = {
  'hosted-zone': { resource: hostedZone, step: 'FindZone', after: [] },
  certificate: {
    resource: certificate,
    step: 'RequestCertificate',
    after: [],
    released: 'RemoveCertificates',
    releasedAfter: ['elastic-ip'],
  },
  'validation-record': {
    resource: validationRecords,
    step: 'WriteValidationRecords',
    after: ['hosted-zone', 'certificate'],
    released: 'RemoveValidationRecords',
    releasedAfter: ['certificate'],
  },
  'security-group': {
    resource: securityGroup,
    step: 'OpenSecurityGroups',
    after: [],
    released: 'RemoveSecurityGroups',
    releasedAfter: ['load-balancer', 'target-group'],
  },
  'load-balancer': {
    resource: loadBalancer,
    step: 'CreateLoadBalancer',
    after: ['security-group'],
    released: 'RemoveLoadBalancer',
    releasedAfter: ['listener'],
  },
  'target-group': {
    resource: targetGroup,
    step: 'CreateTargetGroup',
    after: ['security-group'],
    released: 'RemoveTargetGroups',
    releasedAfter: ['load-balancer'],
  },
  target: { resource: targets, after: ['target-group'], released: 'RemoveTargets', releasedAfter: ['record'] },
  'http-listener': { resource: httpListener, step: 'CreateHttpListener', after: ['load-balancer'] },
  'elastic-ip': {
    resource: elasticIp,
    step: 'ReserveAddress',
    after: [],
    released: 'ReleaseAddress',
    releasedAfter: ['security-group'],
  },
  listener: {
    resource: listener,
    step: 'AttachCertificate',
    after: ['certificate', 'load-balancer', 'target-group'],
    released: 'RemoveListeners',
    releasedAfter: ['target'],
  },
  record: {
    resource: trafficRecords,
    after: ['hosted-zone', 'load-balancer', 'elastic-ip'],
    released: 'RemoveRecords',
    releasedAfter: [],
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
