import type { InvocationRequest } from '@aws-sdk/client-lambda';
import { isExpression } from '../language/expression.ts';
import { isJsonObject, type Json, type JsonObject } from '../language/json.ts';
import { unusable } from './aws-sdk.ts';
import { invokeFunction } from './function-call.ts';
import type { Integration } from './integration.ts';
import { requestIdFrom } from './sdk-errors.ts';

/** Source: Step Functions guide, "Invoke a Lambda function with Step Functions"; checked 2026-11-22. */
const FIELDS = ['FunctionName', 'Payload', 'InvocationType', 'ClientContext', 'LogType', 'Qualifier'];

/** "arn:aws:states:::lambda:invoke": the optimized integration, whose Payload is JSON on both sides. */
export function lambdaInvoke(waitsForToken: boolean): Integration {
  return {
    resource: { family: 'task', type: 'lambda', action: waitsForToken ? 'invoke.waitForTaskToken' : 'invoke' },
    name: 'lambda',
    waitsForToken,
    check: async (given) => (given === undefined || isExpression(given) ? [] : problemsOf(given)),
    async call(given, calling) {
      const problems = problemsOf(given);
      if (problems.length > 0) throw unusable(given, problems);
      const { Payload: payload = {}, ...rest } = given as JsonObject;
      const input = { ...rest, Payload: Buffer.from(JSON.stringify(payload)) };
      const { answer, payload: output } = await invokeFunction(input as unknown as InvocationRequest, calling);
      return {
        ExecutedVersion: answer.ExecutedVersion ?? '$LATEST',
        Payload: output,
        SdkHttpMetadata: metadata(answer.StatusCode ?? 200),
        SdkResponseMetadata: { RequestId: requestIdFrom(calling.draws) },
        StatusCode: answer.StatusCode ?? 200,
      };
    },
  };
}

function problemsOf(given: Json): string[] {
  if (!isJsonObject(given)) return ["The value for the field 'Arguments' must be an OBJECT"];
  const unknown = Object.keys(given).filter((name) => !FIELDS.includes(name));
  const strings = FIELDS.filter(
    (name) => name !== 'Payload' && given[name] !== undefined && typeof given[name] !== 'string',
  );
  return [
    ...unknown.map((name) => `The field "${name}" is not supported by Step Functions`),
    ...(Object.hasOwn(given, 'FunctionName') ? [] : ["The field 'FunctionName' is required but was missing"]),
    ...strings.map((name) => `The value for the field '${name}' must be a STRING`),
  ];
}

const metadata = (status: number): JsonObject => ({
  AllHttpHeaders: { 'Content-Type': ['application/json'] },
  HttpHeaders: { 'Content-Type': 'application/json' },
  HttpStatusCode: status,
});
