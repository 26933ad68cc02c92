import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import { AwsError } from '../../wire/service.ts';
import { checkAssumable } from './assumable.ts';
import type { LambdaDeps } from './deps.ts';
import { checkDestination } from './destinations.ts';
import type { FunctionSettings } from './function.ts';
import { checkRange, invalidParameter } from './limits.ts';
import { checkVariables } from './variables.ts';

/** Defaults and bounds. Source: Lambda API Reference, CreateFunction; checked 2026-11-22. */
const bounds = {
  timeout: { min: 1, max: 900 },
  memorySize: { min: 128, max: 10_240 },
  'ephemeralStorage.size': { min: 512, max: 10_240 },
} as const;

/** What the local AWS cannot do for a function, by member; naming it beats leaving it out in silence. */
const notHere = [
  'VpcConfig',
  'FileSystemConfigs',
  'Layers',
  'ImageConfig',
  'SnapStart',
  'KMSKeyArn',
  'DurableConfig',
  'CapacityProviderConfig',
  'TenancyConfig',
  'CodeSigningConfigArn',
] as const;

type Request = Partial<CreateFunctionRequest> & Partial<UpdateFunctionConfigurationRequest>;

/** The settings that a request asks for, checked; what it leaves out stays as it was or gets its default. */
export function settingsOf(
  input: Request,
  { arn, before, roles }: { arn: string; before?: FunctionSettings; roles: LambdaDeps['roles'] },
): FunctionSettings {
  checkRange('timeout', input.Timeout, bounds.timeout);
  checkRange('memorySize', input.MemorySize, bounds.memorySize);
  checkRange('ephemeralStorage.size', input.EphemeralStorage?.Size, bounds['ephemeralStorage.size']);
  refuseWhatIsNotHere(input);
  const settings: FunctionSettings = {
    role: input.Role ?? before?.role ?? '',
    runtime: input.Runtime ?? before?.runtime ?? '',
    handler: input.Handler ?? before?.handler ?? '',
    description: input.Description ?? before?.description ?? '',
    timeoutSeconds: input.Timeout ?? before?.timeoutSeconds ?? 3,
    memoryMb: input.MemorySize ?? before?.memoryMb ?? 128,
    environment: input.Environment ? { ...input.Environment.Variables } : (before?.environment ?? {}),
    architectures: input.Architectures ?? before?.architectures ?? ['x86_64'],
    tracing: input.TracingConfig?.Mode ?? before?.tracing ?? 'PassThrough',
    ephemeralStorageMb: input.EphemeralStorage?.Size ?? before?.ephemeralStorageMb ?? 512,
    deadLetterArn: input.DeadLetterConfig ? input.DeadLetterConfig.TargetArn || undefined : before?.deadLetterArn,
    logFormat: input.LoggingConfig?.LogFormat ?? before?.logFormat ?? 'Text',
    logGroup: input.LoggingConfig?.LogGroup ?? before?.logGroup ?? `/aws/lambda/${arn.split(':').at(-1)}`,
  };
  checkRuntime(settings);
  checkRole(settings.role, { arn, roles });
  checkVariables(settings.environment);
  if (settings.deadLetterArn !== undefined) checkDestination(settings.deadLetterArn);
  return settings;
}

function refuseWhatIsNotHere(input: Request): void {
  for (const member of notHere) {
    const value = input[member as keyof Request] as object | string | undefined;
    const empty = value === undefined || value === '' || Object.values(value).every((part) => part?.length === 0);
    const off = member === 'SnapStart' && (value as { ApplyOn?: string } | undefined)?.ApplyOn === 'None';
    if (!empty && !off) throw invalidParameter(`Cannot make the function: ${member} is not part of the local AWS`);
  }
}

function checkRuntime({ runtime, handler }: FunctionSettings): void {
  if (!runtime || !handler)
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  if (!/^nodejs(20|22|24)\.x$/.test(runtime))
    throw invalidParameter(
      `Value ${runtime} at 'runtime' failed to satisfy constraint: the local AWS runs nodejs20.x, nodejs22.x and nodejs24.x, all on Node.js ${process.versions.node}`,
    );
}

function checkRole(role: string, { arn, roles }: { arn: string; roles: LambdaDeps['roles'] }): void {
  if (!/^arn:aws:iam::\d{12}:role\/.+$/.test(role))
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${role}' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+`,
      { status: 400 },
    );
  checkAssumable(roles, role, arn);
}
