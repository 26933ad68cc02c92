import type { CreateStageRequest } from '@aws-sdk/client-apigatewayv2';
import type { Provider } from '../provider.ts';
import { map, object } from '../shape.ts';

/** AWS::ApiGatewayV2::Stage, by CreateStage. */
export const apiGatewayStage: Provider<CreateStageRequest> = {
  type: 'AWS::ApiGatewayV2::Stage',
  properties: {
    ApiId: 'string',
    StageName: 'string',
    AutoDeploy: 'boolean',
    Description: 'string',
    StageVariables: map('string'),
    AccessLogSettings: object({ DestinationArn: 'string', Format: 'string' }),
    DefaultRouteSettings: object({
      DetailedMetricsEnabled: 'boolean',
      ThrottlingBurstLimit: 'number',
      ThrottlingRateLimit: 'number',
    }),
    Tags: map('string'),
  },
  async create({ properties, call }) {
    await call('apigateway', 'CreateStage', properties);
    return { ref: properties.StageName ?? '' };
  },
};
