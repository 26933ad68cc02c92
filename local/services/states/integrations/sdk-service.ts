import { type Model, readModel } from '../../../wire/model.ts';

/** An AWS service as Step Functions' SDK integrations know it. */
export interface SdkService {
  /** The signing name, under which it is called. */
  signingName: string;
  /** How its errors are prefixed, after the AWS SDK for Java: "Sns.NotFoundException". */
  prefix: string;
  model(): Promise<Record<string, unknown>>;
}

/**
 * By the name that stands in a Resource. Source: Step Functions guide, "Learning to use AWS service SDK integrations";
 * checked 2026-11-22.
 */
const SERVICES: Record<string, SdkService> = {
  acm: { signingName: 'acm', prefix: 'Acm', model: () => import('@aws-sdk/client-acm') },
  apigatewayv2: {
    signingName: 'apigateway',
    prefix: 'ApiGatewayV2',
    model: () => import('@aws-sdk/client-apigatewayv2'),
  },
  cloudwatch: { signingName: 'monitoring', prefix: 'CloudWatch', model: () => import('@aws-sdk/client-cloudwatch') },
  cloudwatchlogs: {
    signingName: 'logs',
    prefix: 'CloudWatchLogs',
    model: () => import('@aws-sdk/client-cloudwatch-logs'),
  },
  dynamodb: { signingName: 'dynamodb', prefix: 'DynamoDb', model: () => import('@aws-sdk/client-dynamodb') },
  ec2: { signingName: 'ec2', prefix: 'Ec2', model: () => import('@aws-sdk/client-ec2') },
  elasticloadbalancingv2: {
    signingName: 'elasticloadbalancing',
    prefix: 'ElasticLoadBalancingV2',
    model: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  },
  eventbridge: { signingName: 'events', prefix: 'EventBridge', model: () => import('@aws-sdk/client-eventbridge') },
  iam: { signingName: 'iam', prefix: 'Iam', model: () => import('@aws-sdk/client-iam') },
  lambda: { signingName: 'lambda', prefix: 'Lambda', model: () => import('@aws-sdk/client-lambda') },
  route53: { signingName: 'route53', prefix: 'Route53', model: () => import('@aws-sdk/client-route-53') },
  scheduler: { signingName: 'scheduler', prefix: 'Scheduler', model: () => import('@aws-sdk/client-scheduler') },
  sfn: { signingName: 'states', prefix: 'Sfn', model: () => import('@aws-sdk/client-sfn') },
  sns: { signingName: 'sns', prefix: 'Sns', model: () => import('@aws-sdk/client-sns') },
  sts: { signingName: 'sts', prefix: 'Sts', model: () => import('@aws-sdk/client-sts') },
};

export const sdkService = (name: string): SdkService | undefined =>
  Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;

const models = new Map<SdkService, Promise<Model>>();

/** The service's operations and errors, read from its SDK module once. */
export function modelOf(service: SdkService): Promise<Model> {
  const known = models.get(service);
  if (known !== undefined) return known;
  const model = service.model().then(readModel);
  models.set(service, model);
  return model;
}
