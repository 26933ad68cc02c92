import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TemplateResource } from '../../../local/deployment/assembly.ts';
import { type DeployedStack, deploy } from '../../../local/deployment/deploy.ts';
import { Internet } from '../../../local/internet/internet.ts';
import { createPermissions, type RolePermissions } from '../../../local/permissions/permissions.ts';
import type { Roles } from '../../../local/permissions/roles.ts';
import { type ApiGateway, createApiGateway } from '../../../local/services/apigatewayv2/service.ts';
import { createDynamodb } from '../../../local/services/dynamodb/service.ts';
import { createEventBridge } from '../../../local/services/eventbridge/service.ts';
import { createIam } from '../../../local/services/iam/service.ts';
import { createLambda, type Lambda } from '../../../local/services/lambda/service.ts';
import { createLogs } from '../../../local/services/logs/service.ts';
import { createStates } from '../../../local/services/states/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { aStack } from './a-stack.ts';

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});

/** An API whose function starts a workflow that puts an event; a rule hands it to a function that keeps it in a table. */
const resources = (): Record<string, TemplateResource> => ({
  Ledger: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      Replicas: [{ Region: { Ref: 'AWS::Region' } }],
    },
  },
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'TheBus' } },
  Log: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } },
  ...aFunction('Keep', { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: { 'Fn::GetAtt': ['Ledger', 'Arn'] } }),
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: { Ref: 'Bus' },
      EventPattern: { 'detail-type': ['Greeted'] },
      Targets: [{ Id: 'Keep', Arn: { 'Fn::GetAtt': ['Keep', 'Arn'] } }],
    },
  },
  KeepPermission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: 'Keep' },
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] },
    },
  },
  MachineRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trust('states.amazonaws.com'),
      Policies: [
        {
          PolicyName: 'put',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: { 'Fn::GetAtt': ['Bus', 'Arn'] } }],
          },
        },
      ],
    },
  },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: { 'Fn::GetAtt': ['MachineRole', 'Arn'] },
      DefinitionSubstitutions: { Bus: { Ref: 'Bus' } },
      DefinitionString: JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'Tell',
        States: {
          Tell: {
            Type: 'Task',
            Resource: 'arn:aws:states:::aws-sdk:eventbridge:putEvents',
            Arguments: {
              Entries: [
                {
                  EventBusName: '${Bus}',
                  Source: 'greeter',
                  DetailType: 'Greeted',
                  Detail: "{% $string({ 'name': $states.input.name }) %}",
                },
              ],
            },
            End: true,
          },
        },
      }),
    },
  },
  ...aFunction(
    'Greet',
    { Effect: 'Allow', Action: 'states:StartExecution', Resource: { Ref: 'Machine' } },
    {
      STATE_MACHINE_ARN: { Ref: 'Machine' },
    },
  ),
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'Api', ProtocolType: 'HTTP' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['Greet', 'Arn'] },
      PayloadFormatVersion: '2.0',
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: 'POST /greet/{name}',
      AuthorizationType: 'AWS_IAM',
      Target: { 'Fn::Sub': 'integrations/${Integration}' },
    },
  },
  GreetPermission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': ['Greet', 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
      SourceArn: {
        'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/greet/{name}',
      },
    },
  },
});

function aFunction(name: string, statement: object, variables: object = {}): Record<string, TemplateResource> {
  return {
    [`${name}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: trust('lambda.amazonaws.com') },
    },
    [`${name}Policy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'own',
        PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
        Roles: [{ Ref: `${name}Role` }],
      },
    },
    [name]: {
      Type: 'AWS::Lambda::Function',
      DependsOn: [`${name}Policy`],
      Properties: {
        Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
        Environment: { Variables: { TABLE_NAME: { Ref: 'Ledger' }, ...variables } },
        Handler: `index.${name.toLowerCase()}`,
        LoggingConfig: { LogGroup: { Ref: 'Log' } },
        Role: { 'Fn::GetAtt': [`${name}Role`, 'Arn'] },
        Runtime: 'nodejs24.x',
        Timeout: 10,
      },
    },
  };
}

/** Takes the SDK from this repository: that way the code needs no bundle. */
const code = (modules: string): string => `
const { createRequire } = require('node:module');
const load = createRequire(${JSON.stringify(modules)});
const { SFNClient, StartExecutionCommand } = load('@aws-sdk/client-sfn');
const { DynamoDBClient, PutItemCommand } = load('@aws-sdk/client-dynamodb');
exports.greet = async ({ pathParameters }) => {
  const { STATE_MACHINE_ARN: stateMachineArn } = process.env;
  await new SFNClient({}).send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(pathParameters) }));
  return { statusCode: 202, body: pathParameters.name };
};
exports.keep = async ({ detail }) => {
  await new DynamoDBClient({}).send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item: { pk: { S: detail.name } } }));
};`;

describe('a deployed template', () => {
  let aws: AFront;
  let lambda: Lambda;
  let gateway: ApiGateway;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'a-template-'));
    await writeFile(join(folder, 'index.cjs'), code(`${process.cwd()}/package.json`));
    let url = '';
    let roles: Roles | undefined;
    let permissions: RolePermissions | undefined;
    aws = await aFront({
      permissions: (host) => {
        permissions = createPermissions(host, {
          policiesOf: (arn) => roles?.policiesOf(arn) ?? [],
          trustOf: (arn) => roles?.trustOf(arn),
        });
        return permissions;
      },
      services: (host, dispatch) => {
        const iam = createIam(host);
        roles = iam.roles;
        const logs = createLogs(host);
        lambda = createLambda(host, {
          roles: {
            issue: (...asked) => (permissions as RolePermissions).issue(...asked),
            trustOf: iam.roles.trustOf,
          },
          logs: logs.sink,
          internet: new Internet(),
          dispatch,
          endpoint: () => url,
        });
        gateway = createApiGateway(host, { dispatch });
        const others = [createDynamodb(host), createStates(host, { dispatch }), createEventBridge(host, { dispatch })];
        return [iam, logs, lambda, gateway, ...others].map(({ service }) => service);
      },
    });
    url = aws.url;
  });
  afterEach(async () => {
    await lambda.close();
    await gateway.close();
    await aws.close();
    await rm(folder, { recursive: true });
  });

  const deployTemplate = (
    change: (made: Record<string, TemplateResource>) => void = () => {},
  ): Promise<DeployedStack> => {
    const made = resources();
    change(made);
    return deploy(
      aStack(made, {
        assets: [{ bucket: 'assets', key: 'code.zip', path: folder }],
        Outputs: { Url: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } }, Table: { Value: { Ref: 'Ledger' } } },
      }),
      aws.host,
      { dispatch: aws.dispatch, publish: lambda.publish },
    );
  };
  const root = { arn: 'arn:aws:iam::123456789012:root' };
  const kept = async (TableName: string | undefined): Promise<unknown[]> => {
    const input = { TableName };
    const { Items } = (await aws.dispatch({ service: 'dynamodb', operation: 'Scan', input, principal: root })) as {
      Items: unknown[];
    };
    return Items;
  };

  test('works from the API to the table, by its own roles, rules and permissions', async () => {
    const { outputs } = await deployTemplate();
    const answer = await fetch(`${outputs.Url}/greet/ada`, { method: 'POST' });
    expect([answer.status, await answer.text()]).toEqual([202, 'ada']);
    await aws.clock.until(async () => (await kept(outputs.Table)).length > 0);
    expect(await kept(outputs.Table)).toEqual([{ pk: { S: 'ada' } }]);
  });

  test('fails where a permission is missing in it, and the denial names the action and the resource', async () => {
    const { outputs } = await deployTemplate((made) => {
      delete made.GreetPolicy;
      (made.Greet as TemplateResource).DependsOn = [];
    });
    const answer = await fetch(`${outputs.Url}/greet/ada`, { method: 'POST' });
    expect(answer.status).toBe(500);
    expect(aws.calls.since().findLast(({ service }) => service === 'states')).toMatchObject({
      operation: 'StartExecution',
      error: 'AccessDeniedException',
    });
  });

  test('fails where the API may not call its function', async () => {
    const said: string[] = [];
    const { error } = console;
    console.error = (line: string) => void said.push(line);
    const { outputs } = await deployTemplate((made) => {
      delete made.GreetPermission;
    });
    const answer = await fetch(`${outputs.Url}/greet/ada`, { method: 'POST' });
    console.error = error;
    expect(answer.status).toBe(500);
    expect(said[0]).toMatch(
      /AccessDeniedException: User: apigateway\.amazonaws\.com is not authorized to perform: lambda:/,
    );
  });

  test('is refused where a role does not let Lambda assume it', async () => {
    await expect(
      deployTemplate((made) => {
        (made.KeepRole?.Properties as Record<string, unknown>).AssumeRolePolicyDocument = trust('ec2.amazonaws.com');
      }),
    ).rejects.toThrow(
      'Cannot deploy AWS::Lambda::Function "Keep": InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.',
    );
  });
});
