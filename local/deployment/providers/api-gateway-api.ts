import type { CreateApiRequest, CreateApiResponse } from '@aws-sdk/client-apigatewayv2';
import type { Provider } from '../provider.ts';
import { list, map, object } from '../shape.ts';

/** AWS::ApiGatewayV2::Api, by CreateApi. `ApiEndpoint` is where the API is served on this machine. */
export const apiGatewayApi: Provider<Omit<CreateApiRequest, 'ProtocolType'> & { ProtocolType?: 'HTTP' }> = {
  type: 'AWS::ApiGatewayV2::Api',
  properties: {
    Name: 'string',
    ProtocolType: 'string',
    Description: 'string',
    Version: 'string',
    DisableExecuteApiEndpoint: 'boolean',
    CorsConfiguration: object({
      AllowCredentials: 'boolean',
      AllowHeaders: list('string'),
      AllowMethods: list('string'),
      AllowOrigins: list('string'),
      ExposeHeaders: list('string'),
      MaxAge: 'number',
    }),
    Tags: map('string'),
  },
  async create({ properties, call }) {
    const { ApiId = '', ApiEndpoint = '' } = await call<CreateApiResponse>('apigateway', 'CreateApi', properties);
    return { ref: ApiId, attributes: { ApiId, ApiEndpoint } };
  },
};
