import type { CreateRouteRequest, CreateRouteResult } from '@aws-sdk/client-apigatewayv2';
import type { Provider } from '../provider.ts';

/** AWS::ApiGatewayV2::Route, by CreateRoute. */
export const apiGatewayRoute: Provider<CreateRouteRequest> = {
  type: 'AWS::ApiGatewayV2::Route',
  properties: {
    ApiId: 'string',
    ApiKeyRequired: 'boolean',
    AuthorizationType: 'string',
    OperationName: 'string',
    RouteKey: 'string',
    Target: 'string',
  },
  async create({ properties, call }) {
    const { RouteId = '' } = await call<CreateRouteResult>('apigateway', 'CreateRoute', properties);
    return { ref: RouteId, attributes: { RouteId } };
  },
};
