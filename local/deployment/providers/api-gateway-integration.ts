import type { CreateIntegrationRequest, CreateIntegrationResult } from '@aws-sdk/client-apigatewayv2';
import type { Provider } from '../provider.ts';

/** AWS::ApiGatewayV2::Integration, by CreateIntegration. */
export const apiGatewayIntegration: Provider<CreateIntegrationRequest> = {
  type: 'AWS::ApiGatewayV2::Integration',
  properties: {
    ApiId: 'string',
    CredentialsArn: 'string',
    Description: 'string',
    IntegrationMethod: 'string',
    IntegrationType: 'string',
    IntegrationUri: 'string',
    PayloadFormatVersion: 'string',
    TimeoutInMillis: 'number',
  },
  async create({ properties, call }) {
    const { IntegrationId = '' } = await call<CreateIntegrationResult>('apigateway', 'CreateIntegration', properties);
    return { ref: IntegrationId, attributes: { IntegrationId } };
  },
};
