import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteApiCommand,
  DeleteIntegrationCommand,
  GetApiCommand,
  GetApisCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand,
  GetTagsCommand,
  UpdateApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type AnApi, anApiGateway } from './an-api.ts';

describe('HTTP APIs', () => {
  let aws: AnApi;
  let client: ApiGatewayV2Client;
  beforeEach(async () => {
    aws = await anApiGateway();
    client = aws.client(ApiGatewayV2Client);
  });
  afterEach(async () => {
    await aws.close();
  });

  test('are made with an endpoint on the loopback, are found again, renamed, tagged and deleted', async () => {
    const { apiId, url } = await aws.anApi({ 'GET /pets': 'NONE' }, { Tags: { a: '1' } });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(aws.gateway.endpoints()).toEqual([{ apiId, name: 'api', url }]);
    expect(await client.send(new GetApiCommand({ ApiId: apiId }))).toMatchObject({
      ApiEndpoint: url,
      ProtocolType: 'HTTP',
      CreatedDate: expect.any(Date),
    });
    await client.send(new UpdateApiCommand({ ApiId: apiId, Description: 'pets' }));
    expect((await client.send(new GetApisCommand({}))).Items).toMatchObject([{ ApiId: apiId, Description: 'pets' }]);
    const ResourceArn = `arn:aws:apigateway:us-east-1::/apis/${apiId}`;
    expect((await client.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({ a: '1' });
    await client.send(new DeleteApiCommand({ ApiId: apiId }));
    await expect(fetch(url)).rejects.toThrow();
    await expect(client.send(new GetApiCommand({ ApiId: apiId }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: `Invalid API identifier specified 123456789012:${apiId}`,
    });
  });

  test('show their routes, integrations and stages', async () => {
    const { apiId: ApiId } = await aws.anApi({ 'GET /pets/{id}': 'AWS_IAM', $default: 'NONE' });
    const { Items: routes } = await client.send(new GetRoutesCommand({ ApiId }));
    expect(routes).toMatchObject([
      {
        RouteKey: 'GET /pets/{id}',
        AuthorizationType: 'AWS_IAM',
        Target: expect.stringMatching(/^integrations\/\w{7}$/),
      },
      { RouteKey: '$default', AuthorizationType: 'NONE' },
    ]);
    const { Items: integrations } = await client.send(new GetIntegrationsCommand({ ApiId }));
    expect(integrations).toMatchObject([{ IntegrationType: 'AWS_PROXY', TimeoutInMillis: 30_000 }]);
    const { Items: stages } = await client.send(new GetStagesCommand({ ApiId }));
    expect(stages).toMatchObject([{ StageName: '$default', AutoDeploy: true }]);
    const IntegrationId = integrations?.[0]?.IntegrationId;
    await expect(client.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }))).rejects.toMatchObject({
      name: 'ConflictException',
    });
  });

  test('refuse what the local AWS does not do, by name', async () => {
    const { apiId: ApiId } = await aws.anApi({ 'GET /pets': 'NONE' });
    const refusals: [{ input: object }, string][] = [
      [new CreateApiCommand({ Name: 'socket', ProtocolType: 'WEBSOCKET' }), 'Protocol type WEBSOCKET'],
      [new CreateRouteCommand({ ApiId, RouteKey: 'GET /pets' }), 'Route with key GET /pets already exists'],
      [new CreateRouteCommand({ ApiId, RouteKey: 'pets' }), 'The provided route key is not formatted properly'],
      [new CreateRouteCommand({ ApiId, RouteKey: 'GET /x', AuthorizationType: 'JWT' }), 'Authorization type JWT'],
      [new CreateRouteCommand({ ApiId, RouteKey: 'GET /y', Target: 'integrations/none' }), 'Invalid Integration'],
      [new CreateIntegrationCommand({ ApiId, IntegrationType: 'HTTP_PROXY' }), 'Integration type HTTP_PROXY'],
      [
        new CreateIntegrationCommand({ ApiId, IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '1.0' }),
        'Payload format version 1.0',
      ],
      [
        new CreateIntegrationCommand({
          ApiId,
          IntegrationType: 'AWS_PROXY',
          PayloadFormatVersion: '2.0',
          IntegrationUri: 'https://example.test',
        }),
        'Invalid integration URI',
      ],
      [new CreateStageCommand({ ApiId, StageName: 'beta' }), 'Deployments are not part of the local AWS'],
    ];
    for (const [command, message] of refusals)
      await expect(client.send(command as CreateApiCommand)).rejects.toThrow(message);
  });
});
