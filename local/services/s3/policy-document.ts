import { listed, type PolicyDocument, type PolicyStatement } from '../../permissions/policy.ts';
import { AwsError } from '../../wire/service.ts';
import { type Bucket, bucketArn } from './bucket.ts';
import { POLICY_BYTES } from './quotas.ts';

// The messages are AWS's own. Source: public recordings and logs; checked 2026-11-30.

/** Throws MalformedPolicy for what is none, or is about something else than this bucket. */
export function policyIn(text: string, { name }: Bucket): PolicyDocument {
  if (Buffer.byteLength(text) > POLICY_BYTES) {
    throw new AwsError('PolicyTooLarge', 'Policy size exceeds the maximum allowed', { status: 400 });
  }
  if (!text.startsWith('{')) throw malformed("Policies must be valid JSON and the first byte must be '{'");
  let policy: PolicyDocument;
  try {
    policy = JSON.parse(text) as PolicyDocument;
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  const statements = listed(policy?.Statement);
  if (statements.length === 0) throw malformed('Missing required field Statement');
  for (const statement of statements) checkStatement(statement, bucketArn(name));
  return policy;
}

function checkStatement(statement: PolicyStatement, arn: string): void {
  const { Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = statement;
  if (!['Allow', 'Deny'].includes(Effect)) throw malformed('Invalid effect');
  if (Principal === undefined && NotPrincipal === undefined) throw malformed('Missing required field Principal');
  if (Action === undefined && NotAction === undefined) throw malformed('Missing required field Action');
  if (Resource === undefined && NotResource === undefined) throw malformed('Missing required field Resource');
  const foreign = [...listed(Resource), ...listed(NotResource)].some(
    (one) => one !== arn && !one.startsWith(`${arn}/`),
  );
  if (foreign) throw malformed('Policy has invalid resource');
  for (const principal of [Principal, NotPrincipal]) {
    if (principal !== undefined && !isPrincipal(principal)) throw malformed('Invalid principal in policy');
  }
  for (const action of listed(Action)) checkAction(action, listed(Resource), arn);
}

/** Whether it could be one; whether there is such a role or user is not looked up here. */
function isPrincipal(principal: '*' | Record<string, string | string[]>): boolean {
  if (principal === '*') return true;
  if (typeof principal !== 'object') return false;
  return Object.entries(principal).every(([kind, values]) =>
    listed(values).every((value) => PRINCIPALS[kind]?.test(value) === true),
  );
}

const PRINCIPALS: Record<string, RegExp> = {
  AWS: /^(\*|\d{12}|A[A-Z0-9]{20}|arn:aws:(iam|sts)::\d{12}:(root|(user|role|assumed-role|federated-user)\/.+)|arn:aws:iam::cloudfront:.+)$/,
  Service: /^[a-z0-9.-]+\.amazonaws\.com$/,
  Federated: /./,
  CanonicalUser: /^[0-9a-f]{64}$/,
};

/** Actions on objects; all others are on buckets. Source: Service Authorization Reference, "Amazon S3"; checked 2026-11-30. */
const ON_OBJECTS =
  /^s3:((Get|Put|Delete|Restore|Replicate|Update)Object|Replicate(Delete|Tags)|(Abort|List)Multipart|BypassGov|InitiateRep)/i;

/** An action without wildcards must be one for what the statement names: the bucket, or objects in it. */
function checkAction(action: string, resources: string[], arn: string): void {
  if (action !== '*' && !/^s3:[\w*?]+$/i.test(action)) throw malformed('Policy has invalid action');
  if (/[*?]/.test(action) || resources.length === 0) return;
  const onObjects = ON_OBJECTS.test(action);
  if (resources.some((one) => one.startsWith(`${arn}/`) === onObjects)) return;
  throw malformed('Action does not apply to any resource(s) in statement');
}

const malformed = (message: string): AwsError => new AwsError('MalformedPolicy', message, { status: 400 });
