import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import { checkAssumable } from './assumable.ts';
import type { LambdaDeps } from './deps.ts';
import { checkDestination } from './destinations.ts';
import type { FunctionSettings } from './function.ts';
import { invalidParameter } from './limits.ts';
import { checkVariables } from './variables.ts';

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
  checkAssumable(roles, settings.role, arn);
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
