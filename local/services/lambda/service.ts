import type { Host } from '../../host.ts';
import type { Principal, Service } from '../../wire/service.ts';
import { CodeStore } from './code-store.ts';
import { deleteFunctionConcurrency, getFunctionConcurrency, putFunctionConcurrency } from './concurrency.ts';
import constraints from './constraints.json' with { type: 'json' };
import { createFunction, updateFunctionCode, updateFunctionConfiguration } from './create-function.ts';
import type { LambdaDeps } from './deps.ts';
import { Environments } from './environments.ts';
import {
  deleteFunctionEventInvokeConfig,
  getFunctionEventInvokeConfig,
  putFunctionEventInvokeConfig,
} from './event-invoke-config.ts';
import { EventQueue } from './event-queue.ts';
import { Functions } from './functions.ts';
import { invoke } from './invoke.ts';
import { Invoker } from './invoker.ts';
import { addPermission, getPolicy, removePermission } from './permissions.ts';
import { deleteFunction, getFunction, getFunctionConfiguration, listFunctions } from './read-functions.ts';
import { type FunctionStatistics, Statistics } from './statistics.ts';
import { listTags, tagResource, untagResource } from './tags.ts';

export interface Lambda {
  service: Service;
  /** Makes code on this machine (a folder or a ZIP file) known under an S3 bucket and key, for CreateFunction to take. */
  publish(object: { bucket: string; key: string; path: string }): void;
  /** Kills every environment of a function, in the middle of what it does; says how many invocations that ended. */
  kill(functionName: string): Promise<number>;
  /** Kills the function that a call came from; does nothing when it came from elsewhere. */
  killCaller(caller: Pick<Principal, 'arn' | 'assumedBy'>): Promise<void>;
  /** Lets AWS time go on while the function that a call came from waits for an answer that doesn't come, until it has let go. */
  restCaller(caller: Pick<Principal, 'arn' | 'assumedBy'>, letGo: AbortSignal): Promise<void>;
  /** How many functions wait for an answer that doesn't come, and do nothing else. */
  resting(): number;
  /** What each function has done so far, by name. */
  statistics(): Record<string, FunctionStatistics>;
  /** How many execution environments there are, idle and busy. */
  environments(): number;
  /** Ends every environment and deletes the code's copies. */
  close(): Promise<void>;
}

/** Lambda: functions run in worker threads, each with the environment, the role and the limits it would have on AWS. */
export function createLambda(host: Host, deps: LambdaDeps): Lambda {
  const functions = new Functions();
  const code = new CodeStore();
  const published = new Map<string, string>();
  const environments = new Environments(host, code, deps);
  const statistics = new Statistics();
  const invoker = new Invoker(host, { functions, environments, statistics, concurrency: deps.concurrency });
  /** A function's session bears the function's name. */
  const callerOf = ({ arn, assumedBy = arn }: Pick<Principal, 'arn' | 'assumedBy'>) =>
    functions.all(host.homeRegion).find(({ name }) => assumedBy.endsWith(`/${name}`));
  const restCaller: Lambda['restCaller'] = async (principal, letGo) => {
    const caller = callerOf(principal);
    const waiting = caller ? environments.busy(caller) : [];
    await Promise.all(waiting.map((environment) => invoker.rest(environment, letGo)));
  };
  const queue = new EventQueue(host, {
    invoker,
    dispatch: deps.dispatch,
    exists: ({ region, name }) => functions.has(region, name),
    note: ({ region, settings }, message) =>
      deps.logs.write({ region, group: settings.logGroup, stream: 'undelivered' }, [{ at: host.clock.now(), message }]),
  });
  const making = { functions, code, published, environments, roles: deps.roles };
  return {
    service: {
      name: 'lambda',
      protocol: 'restJson1',
      model: () => import('@aws-sdk/client-lambda'),
      // Of the most time and memory the model says nothing that holds: both are what AWS answers with; checked 2026-11-30.
      constraints,
      operations: {
        CreateFunction: createFunction(host, making),
        UpdateFunctionConfiguration: updateFunctionConfiguration(host, making),
        UpdateFunctionCode: updateFunctionCode(host, making),
        GetFunction: getFunction(functions),
        GetFunctionConfiguration: getFunctionConfiguration(functions),
        ListFunctions: listFunctions(functions),
        DeleteFunction: deleteFunction(functions, environments),
        Invoke: invoke({ functions, invoker, queue, restCaller }),
        AddPermission: addPermission(host, functions),
        RemovePermission: removePermission(host, functions),
        GetPolicy: getPolicy(functions),
        PutFunctionConcurrency: putFunctionConcurrency(functions, invoker),
        GetFunctionConcurrency: getFunctionConcurrency(functions),
        DeleteFunctionConcurrency: deleteFunctionConcurrency(functions),
        PutFunctionEventInvokeConfig: putFunctionEventInvokeConfig(host, functions),
        GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig(functions),
        DeleteFunctionEventInvokeConfig: deleteFunctionEventInvokeConfig(functions),
        TagResource: tagResource(functions),
        UntagResource: untagResource(functions),
        ListTags: listTags(functions),
      },
    },
    publish: ({ bucket, key, path }) => {
      published.set(`${bucket}/${key}`, path);
    },
    kill: async (functionName) => {
      const call = { region: host.homeRegion, account: host.account } as Parameters<Functions['find']>[1];
      return await environments.kill(functions.find(functionName, call));
    },
    killCaller: async (principal) => {
      const caller = callerOf(principal);
      if (caller) await environments.kill(caller);
    },
    restCaller,
    resting: () => invoker.resting,
    statistics: () => statistics.all(),
    environments: () => environments.size,
    close: async () => {
      await environments.close();
      await code.close();
    },
  };
}
