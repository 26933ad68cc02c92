import type {
  CreateStageRequest,
  DeleteStageRequest,
  GetStageRequest,
  GetStagesRequest,
  GetStagesResponse,
  RouteSettings,
  Stage,
} from '@aws-sdk/client-apigatewayv2';
import { TokenBucket } from '../../clock/token-bucket.ts';
import type { Host } from '../../host.ts';
import type { Operation } from '../../wire/service.ts';
import { access } from './access.ts';
import { accessLogOf } from './access-log.ts';
import { type ApiStage, type Apis, badRequest, conflict, notFound, refuseMembers } from './api.ts';

/** CreateStage: serves the API's routes as they are at any time (`AutoDeploy`), at the root or under the stage's name. */
export const createStage = (host: Host, apis: Apis): Operation<CreateStageRequest, Stage> => ({
  ...access('POST', ({ ApiId }) => `/apis/${ApiId}/stages`),
  run(input, call) {
    const api = apis.find(input.ApiId, call);
    refuseMembers(input, ['ClientCertificateId', 'DeploymentId', 'RouteSettings']);
    if (!input.AutoDeploy) throw badRequest('Deployments are not part of the local AWS: set AutoDeploy');
    const name = input.StageName ?? '';
    if (!/^(\$default|[\w-]{1,128})$/.test(name)) throw badRequest(`Stage name "${name}" is not valid`);
    if (api.stages.has(name)) throw conflict('Stage already exists');
    const stage: ApiStage = {
      name,
      description: input.Description,
      autoDeploy: true,
      variables: { ...input.StageVariables },
      createdAt: host.clock.now(),
      tags: { ...input.Tags },
      throttle: throttleOf(host, input.DefaultRouteSettings),
      accessLog: accessLogOf(input.AccessLogSettings),
    };
    api.stages.set(name, stage);
    return shown(stage);
  },
});

export const getStage = (apis: Apis): Operation<GetStageRequest, Stage> => ({
  ...access('GET', ({ ApiId, StageName }) => `/apis/${ApiId}/stages/${StageName}`),
  run({ ApiId, StageName }, call) {
    const found = apis.find(ApiId, call).stages.get(StageName ?? '');
    if (!found) throw notFound('Invalid stage identifier specified');
    return shown(found);
  },
});

export const getStages = (apis: Apis): Operation<GetStagesRequest, GetStagesResponse> => ({
  ...access('GET', ({ ApiId }) => `/apis/${ApiId}/stages`),
  run: ({ ApiId }, call) => ({ Items: [...apis.find(ApiId, call).stages.values()].map(shown) }),
});

export const deleteStage = (apis: Apis): Operation<DeleteStageRequest, object> => ({
  ...access('DELETE', ({ ApiId, StageName }) => `/apis/${ApiId}/stages/${StageName}`),
  run({ ApiId, StageName }, call) {
    if (!apis.find(ApiId, call).stages.delete(StageName ?? '')) throw notFound('Invalid stage identifier specified');
    return {};
  },
});

/** Both limits or none: what AWS makes of one alone is not documented. */
function throttleOf(host: Host, settings: RouteSettings | undefined): ApiStage['throttle'] {
  const { ThrottlingBurstLimit: burst, ThrottlingRateLimit: perSecond } = settings ?? {};
  if (burst === undefined && perSecond === undefined) return undefined;
  if (burst === undefined || perSecond === undefined)
    throw badRequest('Give ThrottlingBurstLimit and ThrottlingRateLimit together');
  return { burst, perSecond, bucket: new TokenBucket(host.clock, { burst, perSecond }) };
}

const shown = (stage: ApiStage): Stage => ({
  StageName: stage.name,
  AutoDeploy: stage.autoDeploy,
  CreatedDate: stage.createdAt,
  LastUpdatedDate: stage.createdAt,
  DefaultRouteSettings: {
    DetailedMetricsEnabled: false,
    ...(stage.throttle && {
      ThrottlingBurstLimit: stage.throttle.burst,
      ThrottlingRateLimit: stage.throttle.perSecond,
    }),
  },
  RouteSettings: {},
  StageVariables: { ...stage.variables },
  Tags: { ...stage.tags },
  ...(stage.accessLog && {
    AccessLogSettings: { DestinationArn: stage.accessLog.destinationArn, Format: stage.accessLog.format },
  }),
  ...(stage.description !== undefined && { Description: stage.description }),
});
