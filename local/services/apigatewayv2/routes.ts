import type {
  CreateRouteRequest,
  DeleteRouteRequest,
  GetRouteRequest,
  GetRoutesRequest,
  GetRoutesResponse,
  Route,
} from '@aws-sdk/client-apigatewayv2';
import type { Host } from '../../host.ts';
import type { Operation } from '../../wire/service.ts';
import { access } from './access.ts';
import { type ApiRoute, type Apis, badRequest, conflict, notFound, refuseMembers } from './api.ts';
import { newId } from './new-id.ts';

const notHere = [
  'AuthorizationScopes',
  'AuthorizerId',
  'ModelSelectionExpression',
  'RequestModels',
  'RequestParameters',
  'RouteResponseSelectionExpression',
];

const routeKey =
  /^(?:\$default|(?:ANY|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/(?:[\w.~:@!$&'()*+,;=%-]+|\{\w+\+?\}|\/)*)$/;

/** CreateRoute: one key of an API, open or signed, to an integration. */
export const createRoute = (host: Host, apis: Apis): Operation<CreateRouteRequest, Route> => ({
  ...access('POST', ({ ApiId }) => `/apis/${ApiId}/routes`),
  run(input, call) {
    const api = apis.find(input.ApiId, call);
    refuseMembers(input, notHere);
    if (input.ApiKeyRequired) throw badRequest('API keys are for WebSocket APIs');
    const key = input.RouteKey ?? '';
    if (!routeKey.test(key))
      throw badRequest(
        `The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default" ("${key}")`,
      );
    const authorization = input.AuthorizationType ?? 'NONE';
    if (authorization !== 'NONE' && authorization !== 'AWS_IAM')
      throw badRequest(`Authorization type ${authorization} is not part of the local AWS: NONE and AWS_IAM are`);
    const integrationId = input.Target?.replace(/^integrations\//, '');
    if (integrationId !== undefined && !api.integrations.has(integrationId))
      throw notFound('Invalid Integration identifier specified');
    if ([...api.routes.values()].some((route) => route.key === key))
      throw conflict(`Route with key ${key} already exists for this API`);
    const route: ApiRoute = {
      id: newId(host, 'route', 7),
      key,
      authorization,
      integrationId,
      operationName: input.OperationName,
    };
    api.routes.set(route.id, route);
    return shown(route);
  },
});

export const getRoute = (apis: Apis): Operation<GetRouteRequest, Route> => ({
  ...access('GET', ({ ApiId, RouteId }) => `/apis/${ApiId}/routes/${RouteId}`),
  run({ ApiId, RouteId }, call) {
    const found = apis.find(ApiId, call).routes.get(RouteId ?? '');
    if (!found) throw notFound('Invalid Route identifier specified');
    return shown(found);
  },
});

export const getRoutes = (apis: Apis): Operation<GetRoutesRequest, GetRoutesResponse> => ({
  ...access('GET', ({ ApiId }) => `/apis/${ApiId}/routes`),
  run: ({ ApiId }, call) => ({ Items: [...apis.find(ApiId, call).routes.values()].map(shown) }),
});

export const deleteRoute = (apis: Apis): Operation<DeleteRouteRequest, object> => ({
  ...access('DELETE', ({ ApiId, RouteId }) => `/apis/${ApiId}/routes/${RouteId}`),
  run({ ApiId, RouteId }, call) {
    if (!apis.find(ApiId, call).routes.delete(RouteId ?? '')) throw notFound('Invalid Route identifier specified');
    return {};
  },
});

const shown = (route: ApiRoute): Route => ({
  RouteId: route.id,
  RouteKey: route.key,
  ApiKeyRequired: false,
  AuthorizationType: route.authorization,
  ...(route.integrationId !== undefined && { Target: `integrations/${route.integrationId}` }),
  ...(route.operationName !== undefined && { OperationName: route.operationName }),
});
