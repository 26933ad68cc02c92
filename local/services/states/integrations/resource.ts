import { awsSdk } from './aws-sdk.ts';
import type { Integration } from './integration.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaInvoke } from './lambda-invoke.ts';

const LAMBDA_ARN = /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?$/;
const SERVICE_ARN =
  /^arn:aws:states:::(?<service>(?:aws-sdk:)?[a-z0-9]+):(?<action>[A-Za-z0-9]+)(?<pattern>\.[A-Za-z]+(?::\d)?)?$/;

/** The integration that a Task's Resource names, or the sentence that says why there is none. */
export function integrationOf(resource: string): Integration | string {
  if (LAMBDA_ARN.test(resource)) return lambdaFunction(resource);
  const { service, action, pattern } = SERVICE_ARN.exec(resource)?.groups ?? {};
  if (service === undefined || action === undefined) return `The resource provided '${resource}' is not recognized`;
  const waitsForToken = pattern === '.waitForTaskToken';
  if (pattern !== undefined && !waitsForToken) return notHere(resource, `the pattern '${pattern}'`);
  if (service === 'lambda' && action === 'invoke') return lambdaInvoke(waitsForToken);
  if (service.startsWith('aws-sdk:')) return awsSdk(service.slice('aws-sdk:'.length), action, waitsForToken);
  return notHere(resource, `the optimized integration '${service}:${action}'`);
}

const notHere = (resource: string, what: string): string =>
  `The resource '${resource}' cannot be used: ${what} is not part of the local AWS`;
