import type { Rate } from '../clock/token-bucket.ts';
import type { Constraints } from './constraints/constraint.ts';

/** Who calls: a role's session, or the account's own administrator for credentials we did not issue. */
export interface Principal {
  /** "arn:aws:sts::123456789012:assumed-role/Name/session", "arn:aws:iam::123456789012:root". */
  arn: string;
  /** The role whose policies decide; absent for the administrator and for AWS's own services. */
  roleArn?: string;
  /** Of a chained role: the ARN of the session that assumed it. */
  assumedBy?: string;
  /** An AWS service acting for itself: "events.amazonaws.com". Judged by resource policies where there are any. */
  service?: string;
  /** What that service acts for: the rule's or the topic's ARN. The "aws:SourceArn" of resource policies. */
  sourceArn?: string;
}

/** What an operation knows of the call that it answers. */
export interface Call {
  service: string;
  operation: string;
  principal: Principal;
  account: string;
  /** The region the request was signed for; for a global service always "us-east-1". */
  region: string;
  requestId: string;
  /** Does not count as work until the promise settles, which counts its own. */
  pause<T>(waiting: Promise<T>): Promise<T>;
}

/** Condition keys and their values: { "aws:ResourceTag/stack": ["main"] }. */
export type Keys = Record<string, string[]>;

/**
 * What a call is judged on: an ARN, alone or with the condition keys that this resource has and the call's others have
 * not, such as its tags, or the tags that it is made with.
 */
export type Judged = string | { arn: string; keys: Keys };

/** A further action that the caller's policies must allow for an operation, with that action's own condition keys. */
export interface Dependent {
  /** "ec2:DescribeSubnets" */
  action: string;
  /** Default: "*". */
  resources?: Judged[];
}

/** One operation of a service, typed by the SDK's own input and output. */
export interface Operation<Input = never, Output = unknown> {
  run(input: Input, call: Call): Output | Promise<Output>;
  /** All that the caller's policy must allow the action on. Default: "*", for actions without resource-level permission. */
  resources?(input: Input, call: Call): Judged[];
  /** Condition keys of this request, whatever the resource: { "acm:DomainNames": ["shop.example.test"] }. */
  conditions?(input: Input, call: Call): Keys;
  /** What the caller must be allowed besides: AWS's "dependent actions", tagging on creation, passing a role. */
  dependents?(input: Input, call: Call): Dependent[];
  /** The IAM action when it is not `prefix:Operation`: "lambda:InvokeFunction" for Invoke. */
  action?: string;
  /** Every caller may call it, whatever its policies say: sts:GetCallerIdentity. */
  open?: boolean;
}

export type Protocol = 'awsJson1_0' | 'awsJson1_1' | 'awsQuery' | 'ec2Query' | 'restXml' | 'restJson1' | 's3';

/** A kind of thing whose changes are not always seen by the next read. */
export interface LaggingKind {
  /** Its ids or ARNs. */
  ids: RegExp;
  /** What is answered while it is not found. */
  notFound(id: string): AwsError;
  createdBy?: string;
  /** The operation that lists it, with the members and parameters that say which. */
  read?: {
    operation: string;
    list: string;
    /** "Instances.0.InstanceId" where it is within a member. */
    id: string;
    byIds: string;
    byNames?: string;
    /** The member, and parameter, that says in what it is. */
    within?: string;
    /** The same of what does not say in what it is. */
    holder?: (item: Record<string, unknown>) => string;
    /** The members that filters are about: { "instance-id": "InstanceId" }. */
    filters?: Record<string, string>;
    /** Whether what is listed has `Tags`. */
    tags?: boolean;
    /** Whether only what was created lags, and what is changed is seen at once. */
    createdAlone?: boolean;
  };
}

/** One AWS service: its operations by name, behaving as AWS's do. */
export interface Service {
  /** The signing name, as in a credential scope: "acm", "route53", "elasticloadbalancing", "states". */
  name: string;
  /** The IAM action prefix where it differs from the signing name. */
  prefix?: string;
  /** Signed for us-east-1 whatever the caller's region. */
  global?: boolean;
  protocol: Protocol;
  /** The SDK client module; its exported schemas describe the wire. Imported on the service's first call. */
  model(): Promise<Record<string, unknown>>;
  /** The lengths, ranges, patterns and words of its inputs, where the service is known to hold callers to its model's. */
  constraints?: Constraints;
  /** The code for inputs that break one, or lack a member, where it is not the protocol's: "InvalidParameterException". */
  invalid?: string;
  // biome-ignore lint/suspicious/noExplicitAny: each operation is typed where it is written; here they only meet
  operations: Record<string, Operation<any, any>>;
  /** What of it is eventually consistent. */
  lagging?: readonly LaggingKind[];
  /** Throttling, per account and region. */
  rates?: { all?: Rate; actions?: Record<string, Rate>; code?: string };
}

/** An error an operation answers with, by the code AWS uses. The status comes from the SDK's schema where it has one. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number | undefined;
  /** Further members of the error's shape, as the schema names them. */
  readonly members: Record<string, unknown>;

  constructor(
    code: string,
    message: string,
    { status, ...members }: { status?: number; [member: string]: unknown } = {},
  ) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

/** Calls an operation from inside the process, as a client would: permissions, throttles and faults apply. */
export type Dispatch = (request: {
  service: string;
  operation: string;
  input: object;
  principal: Principal;
  region?: string;
}) => Promise<unknown>;
