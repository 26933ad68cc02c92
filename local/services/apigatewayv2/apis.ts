import type {
  Api,
  CreateApiRequest,
  DeleteApiRequest,
  GetApiRequest,
  GetApisRequest,
  GetApisResponse,
  UpdateApiRequest,
} from '@aws-sdk/client-apigatewayv2';
import type { Host } from '../../host.ts';
import type { Operation } from '../../wire/service.ts';
import { access } from './access.ts';
import { type Apis, badRequest, type HttpApi, refuseMembers } from './api.ts';
import { newId } from './new-id.ts';

/** How APIs come to be served and cease to. */
export interface Serving {
  /** Serves the API on a loopback port; answers with its URL. */
  open(api: HttpApi): Promise<string>;
  close(apiId: string): Promise<void>;
}

const notHere = ['CredentialsArn', 'RouteKey', 'Target', 'ApiKeySelectionExpression', 'DisableSchemaValidation'];

/** CreateApi: an HTTP API that is served at once, at the `ApiEndpoint` of the answer. */
export const createApi = (host: Host, apis: Apis, serving: Serving): Operation<CreateApiRequest, Api> => ({
  ...access('POST', () => '/apis'),
  async run(input, { region }) {
    if (input.ProtocolType !== 'HTTP')
      throw badRequest(`Protocol type ${input.ProtocolType} is not part of the local AWS: only HTTP is`);
    refuseMembers(input, notHere);
    if (input.DisableExecuteApiEndpoint) throw badRequest('Custom domain names are not part of the local AWS');
    const api: HttpApi = {
      id: newId(host, 'api', 10),
      region,
      name: input.Name ?? '',
      description: input.Description,
      version: input.Version,
      cors: input.CorsConfiguration,
      endpoint: '',
      createdAt: host.clock.now(),
      tags: { ...input.Tags },
      routes: new Map(),
      integrations: new Map(),
      stages: new Map(),
    };
    api.endpoint = await serving.open(api);
    apis.set(api);
    return shown(api);
  },
});

export const updateApi = (apis: Apis): Operation<UpdateApiRequest, Api> => ({
  ...access('PATCH', ({ ApiId }) => `/apis/${ApiId}`),
  run(input, call) {
    refuseMembers(input, notHere);
    const api = apis.find(input.ApiId, call);
    if (input.Name !== undefined) api.name = input.Name;
    if (input.Description !== undefined) api.description = input.Description;
    if (input.Version !== undefined) api.version = input.Version;
    if (input.CorsConfiguration !== undefined) api.cors = input.CorsConfiguration;
    return shown(api);
  },
});

export const getApi = (apis: Apis): Operation<GetApiRequest, Api> => ({
  ...access('GET', ({ ApiId }) => `/apis/${ApiId}`),
  run: ({ ApiId }, call) => shown(apis.find(ApiId, call)),
});

export const getApis = (apis: Apis): Operation<GetApisRequest, GetApisResponse> => ({
  ...access('GET', () => '/apis'),
  run: (_, { region }) => ({ Items: apis.all(region).map(shown) }),
});

export const deleteApi = (apis: Apis, serving: Serving): Operation<DeleteApiRequest, object> => ({
  ...access('DELETE', ({ ApiId }) => `/apis/${ApiId}`),
  async run({ ApiId }, call) {
    const api = apis.find(ApiId, call);
    apis.delete(api);
    await serving.close(api.id);
    return {};
  },
});

const shown = (api: HttpApi): Api => ({
  ApiId: api.id,
  Name: api.name,
  ApiEndpoint: api.endpoint,
  ProtocolType: 'HTTP',
  RouteSelectionExpression: '$request.method $request.path',
  ApiKeySelectionExpression: '$request.header.x-api-key',
  DisableExecuteApiEndpoint: false,
  CreatedDate: api.createdAt,
  ...(api.description !== undefined && { Description: api.description }),
  ...(api.version !== undefined && { Version: api.version }),
  ...(api.cors && { CorsConfiguration: api.cors }),
  Tags: { ...api.tags },
});
