import {
  type AccessLogSettings,
  ApiGatewayV2Client,
  CreateApiCommand,
  type CreateApiRequest,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  type RouteSettings,
} from '@aws-sdk/client-apigatewayv2';
import type { Host } from '../../../local/host.ts';
import { type ApiGateway, createApiGateway } from '../../../local/services/apigatewayv2/service.ts';
import type { LogSink } from '../../../local/services/logs/service.ts';
import type { Permissions } from '../../../local/wire/permissions.ts';
import type { Principal, Service } from '../../../local/wire/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

/** What the function behind an API got. */
export interface Asked {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  event: any;
  functionName: string;
  principal: Principal;
  /** Does not count as work until the promise settles. */
  pause<T>(waiting: Promise<T>): Promise<T>;
}

export interface AnApi extends AFront {
  gateway: ApiGateway;
  apiClient: ApiGatewayV2Client;
  asked: Asked[];
  /** What access logs got: the group, and the line. */
  logged: { group: string; message: string }[];
  /** An API with these routes ("GET /pets": the authorization), each answered by a function. */
  anApi(
    routes: Record<string, 'NONE' | 'AWS_IAM'>,
    options?: {
      stage?: string;
      accessLog?: AccessLogSettings;
      timeoutMs?: number;
      throttle?: RouteSettings;
    } & Partial<CreateApiRequest>,
  ): Promise<{ apiId: string; url: string }>;
}

/** API Gateway behind a front, before a Lambda that answers as the test says. */
export async function anApiGateway(
  answer: (asked: Asked) => unknown = () => ({ statusCode: 200, body: 'ok' }),
  { permissions }: { permissions?: (host: Host) => Permissions } = {},
): Promise<AnApi> {
  const asked: Asked[] = [];
  const logged: AnApi['logged'] = [];
  const deliver: LogSink['deliver'] = ({ group }, lines) =>
    void logged.push(...lines.map(({ message }) => ({ group, message })));
  let gateway: ApiGateway | undefined;
  const lambda: Service = {
    name: 'lambda',
    protocol: 'restJson1',
    model: () => import('@aws-sdk/client-lambda'),
    operations: {
      Invoke: {
        async run({ FunctionName, Payload }, { principal, pause }) {
          const event = JSON.parse(Buffer.from(Payload).toString());
          const one = { event, functionName: FunctionName, principal, pause };
          asked.push(one);
          const said = await answer(one);
          return said instanceof Error
            ? { FunctionError: 'Unhandled', Payload: Buffer.from('{}') }
            : { StatusCode: 200, Payload: Buffer.from(JSON.stringify(said ?? null)) };
        },
      },
    },
  };
  const front = await aFront({
    passesAtWork: true,
    services: (host, dispatch) => {
      gateway = createApiGateway(host, {
        dispatch,
        logs: { write: deliver, deliver },
        ...(permissions && { permissions: permissions(host) }),
      });
      return [gateway.service, lambda];
    },
  });
  const made = gateway as unknown as ApiGateway;
  const client = front.client(ApiGatewayV2Client);
  return {
    ...front,
    gateway: made,
    apiClient: client,
    asked,
    logged,
    async anApi(routes, { stage = '$default', timeoutMs, accessLog, throttle, ...options } = {}) {
      const { ApiId, ApiEndpoint } = await client.send(
        new CreateApiCommand({ Name: 'api', ProtocolType: 'HTTP', ...options }),
      );
      const { IntegrationId } = await client.send(
        new CreateIntegrationCommand({
          ApiId,
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: 'arn:aws:lambda:us-east-1:123456789012:function:answers',
          PayloadFormatVersion: '2.0',
          ...(timeoutMs && { TimeoutInMillis: timeoutMs }),
        }),
      );
      for (const [RouteKey, AuthorizationType] of Object.entries(routes))
        await client.send(
          new CreateRouteCommand({ ApiId, RouteKey, AuthorizationType, Target: `integrations/${IntegrationId}` }),
        );
      await client.send(
        new CreateStageCommand({
          ApiId,
          StageName: stage,
          AutoDeploy: true,
          ...(accessLog && { AccessLogSettings: accessLog }),
          ...(throttle && { DefaultRouteSettings: throttle }),
        }),
      );
      return { apiId: ApiId ?? '', url: ApiEndpoint ?? '' };
    },
    async close() {
      await made.close();
      await front.close();
    },
  };
}
