import { AwsError } from '../../wire/service.ts';
import type { RoleSession } from './deps.ts';
import type { LambdaFunction } from './function.ts';

/**
 * Variables that the runtime sets and a function may not.
 * Source: Lambda Developer Guide, "Defined runtime environment variables"; checked 2026-11-22.
 */
const reserved = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

/** The most that all of a function's variables may take, in bytes. Source: Lambda "Quotas"; checked 2026-11-22. */
const maxBytes = 4096;

/** Refuses variables as CreateFunction and UpdateFunctionConfiguration do. */
export function checkVariables(variables: Record<string, string>): void {
  const taken = Object.keys(variables).filter((name) => reserved.has(name));
  if (taken.length > 0)
    throw new AwsError(
      'InvalidParameterValueException',
      'Lambda was unable to configure your environment variables because the environment variables you have provided ' +
        `contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(', ')}`,
      { Type: 'User' },
    );
  if (Buffer.byteLength(JSON.stringify(variables)) > maxBytes)
    throw new AwsError(
      'InvalidParameterValueException',
      'Lambda was unable to configure your environment variables because the environment variables you have provided ' +
        'exceeded the 4KB limit.',
      { Type: 'User' },
    );
}

/**
 * All that a function finds in `process.env`: the runtime's variables, its role's credentials, the way to the local AWS
 * and its own variables. Nothing of this process's environment, so that what is missing on AWS is missing here.
 *
 * AWS_LAMBDA_RUNTIME_API stays away: nothing here is asked for invocations, and its absence tells that this is not Lambda.
 * AWS_EXECUTION_ENV stays away: libraries that see it look for an X-Ray daemon and say loudly that there is none.
 */
export function variablesOf(
  { name, region, settings, code }: LambdaFunction,
  {
    session,
    endpoint,
    elsewhere,
    logStream,
  }: {
    session: RoleSession;
    endpoint: string;
    elsewhere: Record<string, string>;
    logStream: string;
  },
): Record<string, string> {
  return {
    ...settings.environment,
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    // No folder: the SDK finds no ~/.aws of the person at this machine.
    HOME: '/home/sbx_user1051',
    TZ: ':UTC',
    LAMBDA_TASK_ROOT: code.root,
    _HANDLER: settings.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    ...(settings.logFormat === 'JSON' && { AWS_LAMBDA_LOG_FORMAT: 'JSON' }),
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken,
    AWS_ENDPOINT_URL: endpoint,
    // Whoever keeps its functions from addresses that nobody has must make an exception of those that exist here.
    SMALL_INTERNET: 'documentation',
    ...elsewhere,
  };
}
