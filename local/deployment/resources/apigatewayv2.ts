import type { Deploying, ResourceType } from '../resource.ts';

/** AWS::ApiGatewayV2::Api, an HTTP API. */
export const api: ResourceType = {
  properties: ['Name', 'Description', 'ProtocolType', 'CorsConfiguration', 'DisableExecuteApiEndpoint'],
  async create(properties, { call }) {
    const { ApiId, ApiEndpoint } = await call<{ ApiId: string; ApiEndpoint: string }>(
      'apigateway',
      'CreateApi',
      properties,
    );
    return { ref: ApiId, attributes: { ApiId, ApiEndpoint } };
  },
};

/** AWS::ApiGatewayV2::Stage */
export const stage: ResourceType = {
  properties: ['ApiId', 'StageName', 'AutoDeploy', 'Description', 'DefaultRouteSettings'],
  async create(properties, { call }) {
    await call('apigateway', 'CreateStage', properties);
    return { ref: properties.StageName };
  },
};

/** AWS::ApiGatewayV2::Integration */
export const integration: ResourceType = {
  properties: [
    'ApiId',
    'IntegrationType',
    'IntegrationUri',
    'IntegrationMethod',
    'PayloadFormatVersion',
    'TimeoutInMillis',
    'Description',
  ],
  create: (properties, deploying) => made('CreateIntegration', 'IntegrationId', properties, deploying),
};

/** AWS::ApiGatewayV2::Route */
export const route: ResourceType = {
  properties: [
    'ApiId',
    'RouteKey',
    'Target',
    'AuthorizationType',
    'AuthorizationScopes',
    'AuthorizerId',
    'OperationName',
  ],
  create: (properties, deploying) => made('CreateRoute', 'RouteId', properties, deploying),
};

async function made(operation: string, id: string, properties: object, { call }: Deploying) {
  const output = await call<Record<string, string>>('apigateway', operation, properties);
  return { ref: output[id] ?? '' };
}
