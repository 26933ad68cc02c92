import {
  ApiGatewayV2Client,
  CreateStageCommand,
  GetApisCommand,
  TagResourceCommand,
} from '@aws-sdk/client-apigatewayv2';
import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  TagResourceCommand as TagFunctionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../local/wire/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { recording } from '../../support/recording.ts';

let aws: AFront;
const invoke = recording();
const getFunction = recording();
const listFunctions = recording();
const tagFunction = recording();
const createStage = recording();
const getApis = recording();
const tagResource = recording();

beforeAll(async () => {
  aws = await aFront({
    services: () => [
      {
        name: 'lambda',
        protocol: 'restJson1',
        model: () => import('@aws-sdk/client-lambda'),
        operations: {
          Invoke: invoke,
          GetFunction: getFunction,
          ListFunctions: listFunctions,
          TagResource: tagFunction,
        },
      },
      {
        name: 'apigateway',
        protocol: 'restJson1',
        model: () => import('@aws-sdk/client-apigatewayv2'),
        operations: { CreateStage: createStage, GetApis: getApis, TagResource: tagResource },
      },
    ],
  });
});
afterAll(() => aws.close());

const bytes = (text: string) => new TextEncoder().encode(text);

describe('inputs', () => {
  test('arrive from path, query, headers and a binary payload', async () => {
    invoke.answer = { StatusCode: 200 };
    const input = {
      FunctionName: 'arn:aws:lambda:us-east-1:123456789012:function:f',
      Qualifier: 'live',
      InvocationType: 'Event' as const,
    };
    await aws.client(LambdaClient).send(new InvokeCommand({ ...input, Payload: bytes('{"ä":1}') }));
    const { Payload, ...rest } = invoke.inputs.at(-1) as { Payload: Uint8Array };
    expect(rest).toEqual(input);
    expect(new TextDecoder().decode(Payload)).toBe('{"ä":1}');
  });

  test('arrive without a payload', async () => {
    await aws.client(LambdaClient).send(new InvokeCommand({ FunctionName: 'f' }));
    expect(invoke.inputs.at(-1)).toEqual({ FunctionName: 'f' });
  });

  test('arrive with numbers of the query', async () => {
    await aws.client(LambdaClient).send(new ListFunctionsCommand({ MaxItems: 3, Marker: 'a/b' }));
    expect(listFunctions.inputs.at(-1)).toEqual({ MaxItems: 3, Marker: 'a/b' });
  });

  test('arrive with maps, from bodies whose members are renamed', async () => {
    const input = {
      ApiId: 'api',
      StageName: '$default',
      AutoDeploy: true,
      StageVariables: { a: 'ü', b: '' },
      DefaultRouteSettings: { ThrottlingBurstLimit: 5, ThrottlingRateLimit: 0.5 },
    };
    await aws.client(ApiGatewayV2Client).send(new CreateStageCommand(input));
    expect(createStage.inputs.at(-1)).toEqual(input);
  });

  test('arrive with a label that holds slashes and colons', async () => {
    const ResourceArn = 'arn:aws:apigateway:us-east-1::/apis/a1';
    await aws.client(ApiGatewayV2Client).send(new TagResourceCommand({ ResourceArn, Tags: { k: 'v' } }));
    expect(tagResource.inputs.at(-1)).toEqual({ ResourceArn, Tags: { k: 'v' } });
    await aws
      .client(LambdaClient)
      .send(new TagFunctionCommand({ Resource: 'arn:aws:lambda:us-east-1:1:function:f', Tags: {} }));
    expect(tagFunction.inputs.at(-1)).toEqual({ Resource: 'arn:aws:lambda:us-east-1:1:function:f', Tags: {} });
  });
});

describe('outputs', () => {
  test('go out as status, headers and a binary payload', async () => {
    invoke.answer = {
      StatusCode: 202,
      FunctionError: 'Unhandled',
      ExecutedVersion: '$LATEST',
      Payload: bytes('{"b":"ü"}'),
    };
    const answer = await aws.client(LambdaClient).send(new InvokeCommand({ FunctionName: 'f' }));
    expect(answer).toMatchObject({ StatusCode: 202, FunctionError: 'Unhandled', ExecutedVersion: '$LATEST' });
    expect(answer.Payload?.transformToString()).toBe('{"b":"ü"}');
  });

  test('go out with lists, maps and instants of either format', async () => {
    getApis.answer = {
      Items: [{ ApiId: 'a', CreatedDate: new Date('2026-11-22T12:00:00Z'), Tags: { k: 'v' }, Name: 'n' }],
      NextToken: 't',
    };
    const answer = await aws.client(ApiGatewayV2Client).send(new GetApisCommand({}));
    expect(answer).toMatchObject(getApis.answer as object);
    getFunction.answer = {
      Configuration: {
        FunctionName: 'f',
        LastModified: '2026-11-22T12:00:00.000+0000',
        Timeout: 3,
        Environment: { Variables: {} },
      },
      Tags: {},
    };
    expect(await aws.client(LambdaClient).send(new GetFunctionCommand({ FunctionName: 'f' }))).toMatchObject(
      getFunction.answer as object,
    );
  });

  test('have the status of the schema', async () => {
    createStage.answer = { StageName: '$default' };
    const answer = await aws
      .client(ApiGatewayV2Client)
      .send(new CreateStageCommand({ ApiId: 'a', StageName: '$default' }));
    expect(answer.$metadata.httpStatusCode).toBe(201);
  });
});

describe('errors', () => {
  test('have their type in a header and the members of their shape', async () => {
    getFunction.answer = new AwsError('ResourceNotFoundException', 'Function not found: f', { Type: 'User' });
    await expect(aws.client(LambdaClient).send(new GetFunctionCommand({ FunctionName: 'f' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: f',
      Type: 'User',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test("name the members that are missing, in each service's own words", async () => {
    await expect(
      aws.client(ApiGatewayV2Client).send(new CreateStageCommand({ ApiId: 'a' } as never)),
    ).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining("'stageName'") });
  });

  test('are those of AWS for a path that is no operation, such as one with an empty id', async () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261122/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=00';
    const answer = await fetch(`${aws.url}/2015-03-31/functions/`, { method: 'DELETE', headers: { authorization } });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe(
      '<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be authorized</Message>\n</AccessDeniedException>\n',
    );
  });

  test('say that a body cannot be read', async () => {
    const answer = await fetch(`${aws.url}/v2/apis/a/stages`, { method: 'POST', body: '{' });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-errortype')).toBe('SerializationException');
  });
});
