import type { ShareLimits } from '../domain/tenants/share.ts';
import type { ScheduleTarget } from './schedules/schedules.ts';

/** What the template tells a function about the stack it belongs to. */
export interface Environment {
  region: string;
  /** The AWS account's number. */
  account: string;
  /** The ledger's table. */
  tableName: string;
  eventBusName: string;
  /** Marks what is ours: tags, owner markers, derived names. */
  stackName: string;
  /** The kill switch: the SSM parameter that allows changes or stops them all. */
  mutationParameter: string;
  /** The managed policy that bounds the roles that are created for ACME clients, told to the function that creates them. */
  acmeBoundary?: string;
  /** The name of the profile that instances are launched with, told to the function that launches them. */
  instanceProfile?: string;
  /** Told to the functions that write the pages of sites, or plan what shows them. */
  pages?: PagesEnvironment;
}

/** Where the pages are that viewers get while a site is down. */
export interface PagesEnvironment {
  bucket: string;
  /** The origin access control by which distributions read it. */
  accessControlId: string;
  /** The response headers policy that the pages are sent with. */
  headersPolicyId: string;
}

/**
 * The function's environment, read here and nowhere else.
 *
 * @throws {Error} naming the variable that is missing
 */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  return {
    region: required(variables, 'AWS_REGION'),
    account: required(variables, 'ACCOUNT_ID'),
    tableName: required(variables, 'TABLE_NAME'),
    eventBusName: required(variables, 'EVENT_BUS_NAME'),
    stackName: required(variables, 'STACK_NAME'),
    mutationParameter: required(variables, 'MUTATION_PARAMETER'),
    ...(variables['PAGES_BUCKET'] && { pages: readPages(variables) }),
    ...(variables['ACME_BOUNDARY_ARN'] && { acmeBoundary: variables['ACME_BOUNDARY_ARN'] }),
    ...(variables['INSTANCE_PROFILE'] && { instanceProfile: variables['INSTANCE_PROFILE'] }),
  };
}

function readPages(variables: NodeJS.ProcessEnv): PagesEnvironment {
  return {
    bucket: required(variables, 'PAGES_BUCKET'),
    accessControlId: required(variables, 'PAGES_ACCESS_CONTROL'),
    headersPolicyId: required(variables, 'PAGES_HEADERS_POLICY'),
  };
}

/** What one tenant may have, which only the functions that begin operations are told. */
export function readShareLimits(variables: NodeJS.ProcessEnv = process.env): ShareLimits {
  return {
    operations: Number(required(variables, 'TENANT_OPERATIONS')),
    percent: Number(required(variables, 'TENANT_SHARE_PERCENT')),
  };
}

const STATE_MACHINE_VARIABLES = {
  onboard: 'STATE_MACHINE_ARN',
  undo: 'UNDO_STATE_MACHINE_ARN',
  switch: 'SWITCH_STATE_MACHINE_ARN',
} as const;

/** A workflow's ARN, which only the functions that start or stop it are told. */
export function readStateMachineArn(
  workflow: keyof typeof STATE_MACHINE_VARIABLES,
  variables: NodeJS.ProcessEnv = process.env,
): string {
  return required(variables, STATE_MACHINE_VARIABLES[workflow]);
}

/** Where schedules are kept and what they invoke, which only the functions that keep them are told. */
export function readScheduleTarget(variables: NodeJS.ProcessEnv = process.env): ScheduleTarget {
  return {
    group: required(variables, 'SCHEDULE_GROUP'),
    roleArn: required(variables, 'SCHEDULE_ROLE_ARN'),
    // The function itself cannot be told its ARN by the template that creates it.
    functionArn: variables['FOLLOW_FUNCTION_ARN'] ?? ownArn(variables),
  };
}

/** The function that looks at the account, which only the functions that ask it are told. */
export function readSurveyFunction(variables: NodeJS.ProcessEnv = process.env): string {
  return required(variables, 'SURVEY_FUNCTION');
}

/** The version of the workflows that the function is deployed with, which only their steps are told. */
export function readWorkflowVersion(variables: NodeJS.ProcessEnv = process.env): string | undefined {
  return variables['WORKFLOW_VERSION'];
}

/**
 * Whether the function runs in the local AWS, whose internet consists of documentation addresses. Lambda sets
 * AWS_LAMBDA_RUNTIME_API and reserves it, so this is never so in a deployed function, whatever variables it has.
 * Source: Lambda Developer Guide, "Defined runtime environment variables", checked 2026-11-29.
 */
export function isInSmallInternet(variables: NodeJS.ProcessEnv = process.env): boolean {
  return variables['SMALL_INTERNET'] === 'documentation' && variables['AWS_LAMBDA_RUNTIME_API'] === undefined;
}

function ownArn(variables: NodeJS.ProcessEnv): string {
  const { region, account } = readEnvironment(variables);
  return `arn:aws:lambda:${region}:${account}:function:${required(variables, 'AWS_LAMBDA_FUNCTION_NAME')}`;
}

/** The name of the function that probes the maintenance page of one site. Only the function that invokes it has this variable. */
export function readProveFunction(variables: NodeJS.ProcessEnv = process.env): string {
  return required(variables, 'PROVE_FUNCTION');
}

/** The name of the function that looks at one live site. Only the function that invokes it has this variable. */
export function readCareFunction(variables: NodeJS.ProcessEnv = process.env): string {
  return required(variables, 'CARE_FUNCTION');
}

/** The name of the function that puts back what is missing of a site. Only the function that invokes it has this variable. */
export function readRepairFunction(variables: NodeJS.ProcessEnv = process.env): string {
  return required(variables, 'REPAIR_FUNCTION');
}

function required(variables: NodeJS.ProcessEnv, name: string): string {
  const value = variables[name];
  if (!value) throw new Error(`Cannot read the environment: "${name}" is missing`);
  return value;
}
