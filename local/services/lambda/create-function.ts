import type {
  CreateFunctionRequest,
  FunctionConfiguration,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import type { Host } from '../../host.ts';
import { passingRole } from '../../wire/passing-role.ts';
import { AwsError, type Dependent, type Operation } from '../../wire/service.ts';
import type { CodeStore, InstalledCode } from './code-store.ts';
import type { LambdaDeps } from './deps.ts';
import type { Environments } from './environments.ts';
import { configurationOf, type LambdaFunction } from './function.ts';
import { type Functions, functionArn, onFunction, parseFunctionName } from './functions.ts';
import { invalidParameter } from './limits.ts';
import { settingsOf } from './settings.ts';

/** What the operations that make and change functions stand on. */
export interface FunctionMaking {
  functions: Functions;
  code: CodeStore;
  /** Where published code lies on this machine, by "bucket/key". */
  published: Map<string, string>;
  environments: Environments;
  roles: LambdaDeps['roles'];
}

/** The model lets ARNs of 140 characters in. Source: issue 13264 of aws/aws-cdk, for the code as well; checked 2026-12-01. */
const LONGEST_NAME = 64;

const newRevision = (host: Host): string =>
  host.draws.hex('lambda:revision', 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** CreateFunction, from a ZIP in the request or from what a deployment published under a bucket and key. */
export const createFunction = (
  host: Host,
  making: FunctionMaking,
): Operation<CreateFunctionRequest, FunctionConfiguration> => ({
  resources: onFunction,
  dependents: ({ Role }) => passed(Role),
  async run(input, call) {
    const { name } = parseFunctionName(input.FunctionName ?? '');
    if (name.length > LONGEST_NAME) {
      throw invalidParameter(
        `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST_NAME}`,
      );
    }
    const { functions, roles } = making;
    if (functions.has(call.region, name))
      throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, { Type: 'User' });
    if (input.PackageType === 'Image')
      throw invalidParameter('Container images are not part of the local AWS: give a ZIP');
    if (input.Publish) throw invalidParameter('Versions are not part of the local AWS: leave Publish out');
    const arn = functionArn(call.region, call.account, name);
    const lambda: LambdaFunction = {
      name,
      arn,
      region: call.region,
      settings: settingsOf(input, { arn, roles }),
      code: await codeOf(input.Code ?? {}, making),
      revision: 1,
      revisionId: newRevision(host),
      modifiedAt: host.clock.now(),
      tags: { ...input.Tags },
      policy: [],
      policyRevisionId: newRevision(host),
      reservedConcurrency: undefined,
      eventInvokeConfig: undefined,
    };
    functions.set(lambda);
    return configurationOf(lambda);
  },
});

/** UpdateFunctionConfiguration: the next invocation runs in a new environment. */
export const updateFunctionConfiguration = (
  host: Host,
  making: FunctionMaking,
): Operation<UpdateFunctionConfigurationRequest, FunctionConfiguration> => ({
  resources: onFunction,
  dependents: ({ Role }) => passed(Role),
  async run(input, call) {
    const lambda = making.functions.find(input.FunctionName, call);
    checkRevision(lambda, input.RevisionId);
    lambda.settings = settingsOf(input, { arn: lambda.arn, before: lambda.settings, roles: making.roles });
    return await changed(host, lambda, making);
  },
});

/** UpdateFunctionCode: the next invocation runs the new code. */
export const updateFunctionCode = (
  host: Host,
  making: FunctionMaking,
): Operation<UpdateFunctionCodeRequest, FunctionConfiguration> => ({
  resources: onFunction,
  async run(input, call) {
    const lambda = making.functions.find(input.FunctionName, call);
    checkRevision(lambda, input.RevisionId);
    const code = await codeOf(input, making);
    if (input.DryRun) return configurationOf({ ...lambda, code });
    lambda.code = code;
    return await changed(host, lambda, making);
  },
});

const passed = (role: string | undefined): Dependent[] =>
  role === undefined ? [] : [passingRole(role, 'lambda.amazonaws.com')];

async function changed(
  host: Host,
  lambda: LambdaFunction,
  { environments }: FunctionMaking,
): Promise<FunctionConfiguration> {
  lambda.revision++;
  lambda.revisionId = newRevision(host);
  lambda.modifiedAt = host.clock.now();
  await environments.recycle(lambda);
  return configurationOf(lambda);
}

function checkRevision(lambda: LambdaFunction, revisionId: string | undefined): void {
  if (revisionId === undefined || revisionId === lambda.revisionId) return;
  throw new AwsError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    { Type: 'User' },
  );
}

type CodeGiven = Pick<UpdateFunctionCodeRequest, 'ZipFile' | 'S3Bucket' | 'S3Key'>;

async function codeOf(
  { ZipFile, S3Bucket, S3Key }: CodeGiven,
  { code, published }: FunctionMaking,
): Promise<InstalledCode> {
  if (ZipFile !== undefined) {
    try {
      return await code.fromZip(Buffer.from(ZipFile));
    } catch (error) {
      throw invalidParameter(
        `Could not unzip uploaded file. Please check your file, then try to upload again. (${(error as Error).message})`,
      );
    }
  }
  if (S3Bucket === undefined || S3Key === undefined)
    throw invalidParameter('Please provide a source for function code.');
  const path = published.get(`${S3Bucket}/${S3Key}`);
  if (path === undefined)
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: nothing was published under s3://${S3Bucket}/${S3Key}; code is taken from what a template's deployment publishes alone`,
    );
  return await code.fromPath(path);
}
