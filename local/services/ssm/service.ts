import type { Host } from '../../host.ts';
import type { Service } from '../../wire/service.ts';
import { type AgentsAround, describeInstanceInformation, getConnectionStatus } from './agents.ts';
import constraints from './constraints.json' with { type: 'json' };
import { deleteParameter, deleteParameters } from './delete-parameters.ts';
import { describeParameters } from './describe-parameters.ts';
import { getParameter, getParameters, getParametersByPath } from './get-parameters.ts';
import { ParameterStore } from './parameter-store.ts';
import { putParameter } from './put-parameter.ts';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './tags.ts';

const NO_AGENTS: AgentsAround = { agents: () => [], trustOf: () => undefined, refusal: () => undefined };

/**
 * Transactions a second of GetParameter and GetParameters together; here every operation takes from it. Source: Systems
 * Manager quotas, "Maximum throughput for Parameter Store", checked 2026-11-22.
 */
const THROUGHPUT = { burst: 40, perSecond: 40 };

/** Systems Manager: standard parameters in plain text, with their versions, and the instances whose agent it hears of. */
export function createSsm(host: Host, around: AgentsAround = NO_AGENTS): { service: Service } {
  const store = new ParameterStore();
  return {
    service: {
      name: 'ssm',
      protocol: 'awsJson1_1',
      model: () => import('@aws-sdk/client-ssm'),
      constraints,
      rates: { all: THROUGHPUT, code: 'ThrottlingException' },
      operations: {
        PutParameter: putParameter(host, store),
        GetParameter: getParameter(store),
        GetParameters: getParameters(store),
        GetParametersByPath: getParametersByPath(store),
        DescribeParameters: describeParameters(store),
        DeleteParameter: deleteParameter(store),
        DeleteParameters: deleteParameters(store),
        AddTagsToResource: addTagsToResource(store),
        RemoveTagsFromResource: removeTagsFromResource(store),
        ListTagsForResource: listTagsForResource(store),
        DescribeInstanceInformation: describeInstanceInformation(host, around),
        GetConnectionStatus: getConnectionStatus(host, around),
      },
    },
  };
}
