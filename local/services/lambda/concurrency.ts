import type {
  Concurrency,
  DeleteFunctionConcurrencyRequest,
  GetFunctionConcurrencyRequest,
  GetFunctionConcurrencyResponse,
  PutFunctionConcurrencyRequest,
} from '@aws-sdk/client-lambda';
import type { Operation } from '../../wire/service.ts';
import { type Functions, onFunction } from './functions.ts';
import { type Invoker, minUnreserved } from './invoker.ts';
import { invalidParameter } from './limits.ts';

/** PutFunctionConcurrency: keeps so many for this function, and it never runs more often at once; 0 stops it. */
export const putFunctionConcurrency = (
  functions: Functions,
  { concurrency }: Pick<Invoker, 'concurrency'>,
): Operation<PutFunctionConcurrencyRequest, Concurrency> => ({
  resources: onFunction,
  run({ FunctionName, ReservedConcurrentExecutions = 0 }, call) {
    const lambda = functions.find(FunctionName, call);
    const others = functions
      .all(call.region)
      .filter((other) => other !== lambda)
      .reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
    const unreserved = minUnreserved(concurrency);
    if (concurrency - others - ReservedConcurrentExecutions < unreserved)
      throw invalidParameter(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${unreserved}].`,
      );
    lambda.reservedConcurrency = ReservedConcurrentExecutions;
    return { ReservedConcurrentExecutions };
  },
});

export const getFunctionConcurrency = (
  functions: Functions,
): Operation<GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse> => ({
  resources: onFunction,
  run({ FunctionName }, call) {
    const { reservedConcurrency } = functions.find(FunctionName, call);
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
  },
});

export const deleteFunctionConcurrency = (
  functions: Functions,
): Operation<DeleteFunctionConcurrencyRequest, object> => ({
  resources: onFunction,
  run({ FunctionName }, call) {
    functions.find(FunctionName, call).reservedConcurrency = undefined;
    return {};
  },
});
