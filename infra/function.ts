import { join } from 'node:path';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Grant } from '../resources/permissions/statement.ts';
import { acknowledgeWildcards } from './acknowledge.ts';

/** How long every log group keeps what is logged. */
export const LOG_RETENTION = RetentionDays.THREE_MONTHS;

export interface HandlerProps {
  /** The file's name without its ending: "request-certificate". */
  name: string;
  /** The folder that holds every bundled function in a folder of its own name. */
  functions: string;
  environment: Record<string, string>;
  grants: Grant[];
  timeout: Duration;
}

/** One function with a role of its own that may do what `grants` says and write its own log, and nothing else. */
export class Handler extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, { name, functions, environment, grants, timeout }: HandlerProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', {
      retention: LOG_RETENTION,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.lambda = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      code: Code.fromAsset(join(functions, name)),
      handler: 'index.handler',
      // 512 MB buys a third of a vCPU: the steps wait for AWS most of the time and start in about a quarter second.
      memorySize: 512,
      timeout,
      environment,
      role,
      logGroup,
      tracing: Tracing.ACTIVE,
      description: `Nameplate ${name} (${Stack.of(this).stackName})`,
    });
    logGroup.grantWrite(role);
    acknowledgeWildcards(role, ['*', ...grants.flatMap(({ resources }) => resources)]);
    for (const grant of grants) role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, ...grant }));
  }
}
