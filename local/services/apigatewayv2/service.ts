import type { Host } from '../../host.ts';
import type { Permissions } from '../../wire/permissions.ts';
import type { Dispatch, Service } from '../../wire/service.ts';
import type { LogSink } from '../logs/service.ts';
import { Apis } from './api.ts';
import { createApi, deleteApi, getApi, getApis, updateApi } from './apis.ts';
import { createIntegration, deleteIntegration, getIntegration, getIntegrations } from './integrations.ts';
import { Listeners } from './listeners.ts';
import { createRoute, deleteRoute, getRoute, getRoutes } from './routes.ts';
import { createStage, deleteStage, getStage, getStages } from './stages.ts';
import { getTags, tagResource, untagResource } from './tags.ts';

export interface ApiGateway {
  service: Service;
  /** Where each API is served on this machine. */
  endpoints(): { apiId: string; name: string; url: string }[];
  /** Ends every listener. */
  close(): Promise<void>;
}

export interface ApiGatewayDeps {
  /** Calls the functions. */
  dispatch: Dispatch;
  /** Judges signed requests; without it every signature is the administrator's. */
  permissions?: Permissions;
  /** Takes the access logs of stages; without it there are none. */
  logs?: LogSink;
  /** The port of the first API. Default: any free one. */
  port?: number;
}

/** API Gateway's HTTP APIs. Each is served on a loopback port of its own as soon as it is made. */
export function createApiGateway(host: Host, { dispatch, permissions, logs, port }: ApiGatewayDeps): ApiGateway {
  const apis = new Apis();
  const listeners = new Listeners({ host, dispatch, permissions, logs }, { port });
  return {
    service: {
      name: 'apigateway',
      protocol: 'restJson1',
      model: () => import('@aws-sdk/client-apigatewayv2'),
      operations: {
        CreateApi: createApi(host, apis, listeners),
        UpdateApi: updateApi(apis),
        GetApi: getApi(apis),
        GetApis: getApis(apis),
        DeleteApi: deleteApi(apis, listeners),
        CreateStage: createStage(host, apis),
        GetStage: getStage(apis),
        GetStages: getStages(apis),
        DeleteStage: deleteStage(apis),
        CreateRoute: createRoute(host, apis),
        GetRoute: getRoute(apis),
        GetRoutes: getRoutes(apis),
        DeleteRoute: deleteRoute(apis),
        CreateIntegration: createIntegration(host, apis),
        GetIntegration: getIntegration(apis),
        GetIntegrations: getIntegrations(apis),
        DeleteIntegration: deleteIntegration(apis),
        TagResource: tagResource(apis),
        UntagResource: untagResource(apis),
        GetTags: getTags(apis),
      },
    },
    endpoints: () => apis.all().map(({ id, name, endpoint }) => ({ apiId: id, name, url: endpoint })),
    close: () => listeners.closeAll(),
  };
}
