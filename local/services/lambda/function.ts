import type { CreateFunctionRequest, FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { InstalledCode } from './code-store.ts';
import type { EventInvokeConfig } from './event-invoke-config.ts';
import type { FunctionStatement } from './resource-policy.ts';

/** What can be set on a function and changed later. */
export interface FunctionSettings {
  role: string;
  runtime: string;
  handler: string;
  description: string;
  timeoutSeconds: number;
  memoryMb: number;
  environment: Record<string, string>;
  architectures: string[];
  tracing: 'Active' | 'PassThrough';
  ephemeralStorageMb: number;
  deadLetterArn: string | undefined;
  logFormat: 'Text' | 'JSON';
  logGroup: string;
}

/** One function. There is one version of it, "$LATEST". */
export interface LambdaFunction {
  name: string;
  arn: string;
  region: string;
  settings: FunctionSettings;
  code: InstalledCode;
  /** Counts changes of code and settings; environments of an older revision take no more invocations. */
  revision: number;
  revisionId: string;
  modifiedAt: Date;
  tags: Record<string, string>;
  policy: FunctionStatement[];
  policyRevisionId: string;
  reservedConcurrency: number | undefined;
  eventInvokeConfig: EventInvokeConfig | undefined;
}

/** What the API tells of a function. It is active as soon as it is made: nothing here takes a while to be fetched. */
export function configurationOf({ name, arn, settings, code, ...rest }: LambdaFunction): FunctionConfiguration {
  return {
    FunctionName: name,
    FunctionArn: arn,
    Runtime: settings.runtime as NonNullable<CreateFunctionRequest['Runtime']>,
    Role: settings.role,
    Handler: settings.handler,
    CodeSize: code.size,
    Description: settings.description,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMb,
    // "2026-11-22T12:00:00.000+0000"
    LastModified: rest.modifiedAt.toISOString().replace('Z', '+0000'),
    CodeSha256: code.sha256,
    Version: '$LATEST',
    ...(settings.deadLetterArn !== undefined && { DeadLetterConfig: { TargetArn: settings.deadLetterArn } }),
    ...(Object.keys(settings.environment).length > 0 && { Environment: { Variables: { ...settings.environment } } }),
    TracingConfig: { Mode: settings.tracing },
    RevisionId: rest.revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: settings.architectures as NonNullable<CreateFunctionRequest['Architectures']>,
    EphemeralStorage: { Size: settings.ephemeralStorageMb },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: settings.logFormat, LogGroup: settings.logGroup },
  };
}
