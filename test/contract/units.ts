import type { Site } from '../../domain/sites/site.ts';
import type { CallSite } from '../faults/call-site.ts';
import { AT_THE_VALIDATION_RECORD } from '../faults/surroundings/at-the-validation-record.ts';
import { IN_THE_WAY } from '../faults/surroundings/in-the-way.ts';
import { NOBODY, type Surroundings } from '../faults/surroundings/surroundings.ts';
import { calledBy } from '../support/called-by.ts';

/** A kind of resource with the steps that make it and those that take it away again, by the names of their states. */
export interface Unit {
  name: string;
  /** What others have at its place; nothing as a rule. */
  surroundings: Surroundings;
  document?: Partial<Site>;
  /** The steps that come before: they are walked without faults. */
  after: readonly string[];
  forward: readonly string[];
  backward: readonly string[];
  /** Those of them that are another kind's: they are not struck. */
  beside?: readonly string[];
}

const CERTIFICATE = ['RequestCertificate', 'WriteValidationRecords', 'AwaitCertificate'];
const BALANCER = ['OpenSecurityGroups', 'CreateLoadBalancer'];
const TARGETS = ['CreateTargetGroup'];
const LISTENERS = ['CreateHttpListener', 'AttachCertificate'];

/** Every kind, each in the world that the ones before have made. */
const KINDS: readonly Omit<Unit, 'surroundings'>[] = [
  { name: 'hosted zone', after: [], forward: ['FindZone'], backward: ['RemoveZone'] },
  {
    name: 'elastic ip',
    document: { edge: 'direct' },
    after: [],
    forward: ['ReserveAddress'],
    backward: ['ReleaseAddress'],
  },
  {
    name: 'certificate',
    after: ['FindZone'],
    forward: ['RequestCertificate'],
    backward: ['RemoveCertificates'],
  },
  {
    name: 'validation record',
    after: ['FindZone'],
    forward: ['RequestCertificate', 'WriteValidationRecords'],
    // They stay for as long as a certificate needs them.
    backward: ['RemoveCertificates', 'RemoveValidationRecords'],
    beside: ['RequestCertificate', 'RemoveCertificates'],
  },
  { name: 'security group', after: ['FindZone'], forward: ['OpenSecurityGroups'], backward: ['RemoveSecurityGroups'] },
  {
    name: 'load balancer',
    after: ['FindZone', 'OpenSecurityGroups'],
    forward: ['CreateLoadBalancer'],
    backward: ['RemoveLoadBalancer'],
  },
  {
    name: 'target group',
    after: ['FindZone', ...BALANCER],
    forward: TARGETS,
    backward: ['RemoveTargetGroups'],
  },
  {
    name: 'listener',
    after: ['FindZone', ...CERTIFICATE, ...BALANCER, ...TARGETS],
    forward: LISTENERS,
    backward: ['RemoveListeners'],
  },
  {
    name: 'record',
    after: ['FindZone', ...CERTIFICATE, ...BALANCER, ...TARGETS, ...LISTENERS, 'ReserveAddress'],
    forward: ['PointRecords'],
    backward: ['RemoveRecords'],
  },
];

/** What may be adopted from others, and is given back as it was: what they have at its place. */
const ADOPTED: Record<string, Surroundings> = {
  'security group': IN_THE_WAY,
  'load balancer': IN_THE_WAY,
  'target group': IN_THE_WAY,
  listener: IN_THE_WAY,
  record: IN_THE_WAY,
  'validation record': AT_THE_VALIDATION_RECORD,
};

export const UNITS: readonly Unit[] = [
  ...KINDS.map((kind) => ({ ...kind, surroundings: NOBODY })),
  ...Object.entries(ADOPTED).map(([name, surroundings]) => {
    const kind = KINDS.find((each) => each.name === name);
    if (!kind) throw new Error(`No kind of resource is called "${name}"`);
    return { ...kind, name: `adopted ${name}`, document: { ...kind.document, adopt: true }, surroundings };
  }),
];

/** Scenarios of whole operations whose resources are made and taken away in another way than here: changed, in another account, by hand. */
const NOT_WALKED = ['changed', 'another health path', 'by a role', 'entered by hand'];

export const isWalked = (scenario: string): boolean => !NOT_WALKED.includes(scenario);

const CALLERS = new Set(
  KINDS.flatMap(({ forward, backward }) => [...forward, ...backward]).map((state) => calledBy(state).name),
);

/** Whether the step of a resource calls. */
export const isOfResource = ({ caller }: Pick<CallSite, 'caller'>): boolean => CALLERS.has(caller);
