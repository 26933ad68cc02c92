import type {
  DeleteFunctionRequest,
  DeleteFunctionResponse,
  FunctionConfiguration,
  GetFunctionConfigurationRequest,
  GetFunctionRequest,
  GetFunctionResponse,
  ListFunctionsRequest,
  ListFunctionsResponse,
} from '@aws-sdk/client-lambda';
import type { Operation } from '../../wire/service.ts';
import type { Environments } from './environments.ts';
import { configurationOf } from './function.ts';
import { type Functions, onFunction } from './functions.ts';
import { invalidParameter } from './limits.ts';

/** The most functions of one answer. Source: Lambda API Reference, ListFunctions; checked 2026-11-22. */
const mostFunctions = 50;

export const getFunction = (functions: Functions): Operation<GetFunctionRequest, GetFunctionResponse> => ({
  resources: onFunction,
  run({ FunctionName, Qualifier }, call) {
    const lambda = functions.find(FunctionName, call, Qualifier);
    const { tags, reservedConcurrency } = lambda;
    return {
      Configuration: configurationOf(lambda),
      Code: { RepositoryType: 'S3' },
      ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }),
      ...(reservedConcurrency !== undefined && { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
    };
  },
});

export const getFunctionConfiguration = (
  functions: Functions,
): Operation<GetFunctionConfigurationRequest, FunctionConfiguration> => ({
  resources: onFunction,
  run: ({ FunctionName, Qualifier }, call) => configurationOf(functions.find(FunctionName, call, Qualifier)),
});

/** ListFunctions: by name, a marker is the last name of the page before. */
export const listFunctions = (functions: Functions): Operation<ListFunctionsRequest, ListFunctionsResponse> => ({
  run({ Marker, MaxItems = mostFunctions }, call) {
    const all = functions.all(call.region);
    const start = Marker === undefined ? 0 : all.findIndex(({ name }) => name === Marker) + 1;
    if (Marker !== undefined && start === 0) throw invalidParameter('Invalid pagination token');
    const page = all.slice(start, start + Math.min(MaxItems, mostFunctions));
    const more = start + page.length < all.length;
    return { Functions: page.map(configurationOf), ...(more && { NextMarker: page.at(-1)?.name }) };
  },
});

/** DeleteFunction: what waits in its queue is dropped. */
export const deleteFunction = (
  functions: Functions,
  environments: Environments,
): Operation<DeleteFunctionRequest, DeleteFunctionResponse> => ({
  resources: onFunction,
  async run({ FunctionName, Qualifier }, call) {
    const lambda = functions.find(FunctionName, call, Qualifier);
    functions.delete(lambda);
    lambda.revision++;
    await environments.recycle(lambda);
    return { StatusCode: 204 };
  },
});
