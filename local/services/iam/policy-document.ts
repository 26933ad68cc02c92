import { isOperator } from '../../permissions/conditions.ts';
import { listed, type PolicyStatement } from '../../permissions/policy.ts';
import { AwsError } from '../../wire/service.ts';

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

/** Refuses a trust policy that IAM would refuse. */
export function checkTrust(document: string): void {
  for (const statement of statementsOf(document)) {
    if (statement.Resource !== undefined || statement.NotResource !== undefined) {
      throw malformed('Has prohibited field Resource');
    }
    if (statement.Principal === undefined && statement.NotPrincipal === undefined) {
      throw malformed('Missing required field Principal');
    }
    if (listed(statement.Action).some((action) => !/^(?:sts:|\*$)/i.test(action))) {
      throw malformed('AssumeRole policy may only specify STS AssumeRole actions.');
    }
  }
}

function statementsOf(document: string): PolicyStatement[] {
  let policy: { Statement?: PolicyStatement | PolicyStatement[] };
  try {
    policy = JSON.parse(document) as typeof policy;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw malformed('This policy contains invalid Json');
  }
  const statements = listed(policy?.Statement);
  if (statements.length === 0) throw malformed('Syntax errors in policy.');
  for (const statement of statements) checkStatement(statement);
  return statements;
}

function checkStatement(statement: PolicyStatement): void {
  if (typeof statement !== 'object' || statement === null) throw malformed('Syntax errors in policy.');
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw malformed('Syntax errors in policy.');
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
