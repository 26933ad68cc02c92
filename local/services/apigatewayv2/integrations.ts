import type {
  CreateIntegrationRequest,
  DeleteIntegrationRequest,
  GetIntegrationRequest,
  GetIntegrationsRequest,
  GetIntegrationsResponse,
  Integration,
} from '@aws-sdk/client-apigatewayv2';
import type { Host } from '../../host.ts';
import type { Operation } from '../../wire/service.ts';
import { access } from './access.ts';
import { type ApiIntegration, type Apis, badRequest, conflict, notFound, refuseMembers } from './api.ts';
import { newId } from './new-id.ts';

/** Source: API Gateway "Quotas", HTTP API, maximum and default integration timeout; checked 2026-11-22. */
const maxTimeoutMs = 30_000;

const notHere = [
  'ConnectionId',
  'ContentHandlingStrategy',
  'IntegrationSubtype',
  'PassthroughBehavior',
  'RequestParameters',
  'RequestTemplates',
  'ResponseParameters',
  'TemplateSelectionExpression',
  'TlsConfig',
];

/** CreateIntegration: a Lambda function by proxy, payload format 2.0. */
export const createIntegration = (host: Host, apis: Apis): Operation<CreateIntegrationRequest, Integration> => ({
  ...access('POST', ({ ApiId }) => `/apis/${ApiId}/integrations`),
  run(input, call) {
    const api = apis.find(input.ApiId, call);
    refuseMembers(input, notHere);
    if (input.IntegrationType !== 'AWS_PROXY')
      throw badRequest(`Integration type ${input.IntegrationType} is not part of the local AWS: only AWS_PROXY is`);
    if (input.PayloadFormatVersion === undefined)
      throw badRequest('PayloadFormatVersion is a required parameter for integration');
    if (input.PayloadFormatVersion !== '2.0')
      throw badRequest(
        `Payload format version ${input.PayloadFormatVersion} is not part of the local AWS: only 2.0 is`,
      );
    const timeoutMs = input.TimeoutInMillis ?? maxTimeoutMs;
    if (timeoutMs < 50 || timeoutMs > maxTimeoutMs)
      throw badRequest(`Timeout should be between 50 ms and ${maxTimeoutMs} ms`);
    const uri = input.IntegrationUri ?? '';
    const functionArn = /arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?/.exec(uri)?.[0];
    if (!functionArn) throw badRequest(`Invalid integration URI specified: "${uri}" is no Lambda function`);
    const integration: ApiIntegration = {
      id: newId(host, 'integration', 7),
      functionArn,
      uri,
      credentialsArn: input.CredentialsArn,
      timeoutMs,
      description: input.Description,
    };
    api.integrations.set(integration.id, integration);
    return shown(integration);
  },
});

export const getIntegration = (apis: Apis): Operation<GetIntegrationRequest, Integration> => ({
  ...access('GET', ({ ApiId, IntegrationId }) => `/apis/${ApiId}/integrations/${IntegrationId}`),
  run({ ApiId, IntegrationId }, call) {
    const found = apis.find(ApiId, call).integrations.get(IntegrationId ?? '');
    if (!found) throw notFound('Invalid Integration identifier specified');
    return shown(found);
  },
});

export const getIntegrations = (apis: Apis): Operation<GetIntegrationsRequest, GetIntegrationsResponse> => ({
  ...access('GET', ({ ApiId }) => `/apis/${ApiId}/integrations`),
  run: ({ ApiId }, call) => ({ Items: [...apis.find(ApiId, call).integrations.values()].map(shown) }),
});

/** DeleteIntegration: fails while a route still leads to it. */
export const deleteIntegration = (apis: Apis): Operation<DeleteIntegrationRequest, object> => ({
  ...access('DELETE', ({ ApiId, IntegrationId }) => `/apis/${ApiId}/integrations/${IntegrationId}`),
  run({ ApiId, IntegrationId = '' }, call) {
    const api = apis.find(ApiId, call);
    if (!api.integrations.has(IntegrationId)) throw notFound('Invalid Integration identifier specified');
    const user = [...api.routes.values()].find(({ integrationId }) => integrationId === IntegrationId);
    if (user)
      throw conflict(`Cannot delete Integration '${IntegrationId}' because it is referenced by Route '${user.id}'.`);
    api.integrations.delete(IntegrationId);
    return {};
  },
});

const shown = (integration: ApiIntegration): Integration => ({
  IntegrationId: integration.id,
  IntegrationType: 'AWS_PROXY',
  IntegrationMethod: 'POST',
  IntegrationUri: integration.uri,
  ConnectionType: 'INTERNET',
  PayloadFormatVersion: '2.0',
  TimeoutInMillis: integration.timeoutMs,
  ...(integration.credentialsArn !== undefined && { CredentialsArn: integration.credentialsArn }),
  ...(integration.description !== undefined && { Description: integration.description }),
});
