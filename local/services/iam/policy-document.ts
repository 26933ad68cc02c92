import { isOperator } from '../../permissions/conditions.ts';
import { listed, type PolicyStatement } from '../../permissions/policy.ts';
import { AwsError } from '../../wire/service.ts';

const VERSIONS = ['2012-10-17', '2008-10-17'];

/** Refuses an identity-based policy that IAM would refuse. */
export function checkPolicy(document: string): void {
  for (const statement of statementsOf(document)) {
    if (statement.Principal !== undefined || statement.NotPrincipal !== undefined) {
      throw malformed('Policy document should not specify a principal.');
    }
    if (statement.Resource === undefined && statement.NotResource === undefined) {
      throw malformed('Policy statement must contain resources.');
    }
    for (const resource of [...listed(statement.Resource), ...listed(statement.NotResource)]) {
      if (resource !== '*' && !/^arn:/.test(resource)) {
        throw malformed(`Resource ${resource} must be in ARN format or "*".`);
      }
    }
  }
}

/** Refuses a trust policy that IAM would refuse. Whether a role of this account is there says `hasRole`. */
export function checkTrust(document: string, hasRole: (arn: string) => boolean): void {
  for (const statement of statementsOf(document)) {
    if (statement.Resource !== undefined || statement.NotResource !== undefined) {
      throw malformed('Has prohibited field Resource');
    }
    if (statement.Principal === undefined && statement.NotPrincipal === undefined) {
      throw malformed('Missing required field Principal');
    }
    for (const principal of [statement.Principal, statement.NotPrincipal]) checkPrincipal(principal, hasRole);
    if (listed(statement.Action).some((action) => !/^(?:sts:|\*$)/i.test(action))) {
      throw malformed('AssumeRole policy may only specify STS AssumeRole actions.');
    }
  }
}

function checkPrincipal(principal: PolicyStatement['Principal'], hasRole: (arn: string) => boolean): void {
  if (principal === undefined || principal === '*') return;
  for (const [kind, values] of Object.entries(principal)) {
    for (const value of listed(values)) {
      const known =
        kind === 'Service'
          ? /^[a-z0-9.-]+\.amazonaws\.com$/.test(value)
          : kind !== 'AWS' || (ACCOUNT_PRINCIPAL.test(value) && (!/:role\//.test(value) || hasRole(value)));
      if (!known) throw malformed(`Invalid principal in policy: "${kind.toUpperCase()}":"${value}"`);
    }
  }
}

const ACCOUNT_PRINCIPAL = /^(\*|\d{12}|arn:aws:(iam|sts)::\d{12}:(root|(user|role|assumed-role|federated-user)\/.+))$/;

function statementsOf(document: string): PolicyStatement[] {
  let policy: { Version?: string; Statement?: PolicyStatement | PolicyStatement[] };
  try {
    policy = JSON.parse(document) as typeof policy;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw malformed('This policy contains invalid Json');
  }
  if (policy?.Version !== undefined && !VERSIONS.includes(policy.Version)) {
    throw malformed('The policy must contain a valid version string');
  }
  const statements = listed(policy?.Statement);
  if (statements.length === 0) throw malformed('Syntax errors in policy.');
  const sids = statements.flatMap((statement) => statement?.Sid ?? []).filter((sid) => sid !== '');
  if (new Set(sids).size < sids.length) throw malformed('Statement IDs (SID) in a single policy must be unique.');
  for (const statement of statements) checkStatement(statement);
  return statements;
}

function checkStatement(statement: PolicyStatement): void {
  if (typeof statement !== 'object' || statement === null) throw malformed('Syntax errors in policy.');
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw malformed('Syntax errors in policy.');
  if (!/^[0-9A-Za-z]*$/.test(statement.Sid ?? '')) {
    throw malformed(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
  }
  const actions = [...listed(statement.Action), ...listed(statement.NotAction)];
  if (actions.length === 0) throw malformed('Policy statement must contain actions.');
  if (actions.some((action) => action !== '*' && !/^[\w-]+:[\w*?]+$/.test(action))) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
  for (const operator of Object.keys(statement.Condition ?? {})) {
    if (!isOperator(operator)) throw malformed(`Invalid Condition type : ${operator}.`);
  }
}

const malformed = (message: string): AwsError => new AwsError('MalformedPolicyDocument', message);
