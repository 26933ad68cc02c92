import type { ResourceType } from '../resource.ts';
import { api, integration, route, stage } from './apigatewayv2.ts';
import { globalTable } from './dynamodb.ts';
import { eventBus, rule } from './events.ts';
import { policy, role } from './iam.ts';
import { lambdaFunction, permission } from './lambda.ts';
import { logGroup } from './logs.ts';
import { topic, topicPolicy } from './sns.ts';
import { stateMachine } from './states.ts';

/** Every type of resource that can be deployed. */
export const resourceTypes: Record<string, ResourceType> = {
  'AWS::ApiGatewayV2::Api': api,
  'AWS::ApiGatewayV2::Integration': integration,
  'AWS::ApiGatewayV2::Route': route,
  'AWS::ApiGatewayV2::Stage': stage,
  'AWS::DynamoDB::GlobalTable': globalTable,
  'AWS::Events::EventBus': eventBus,
  'AWS::Events::Rule': rule,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::Role': role,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': permission,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': topicPolicy,
  'AWS::StepFunctions::StateMachine': stateMachine,
};
