import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';

interface Given {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path?: string;
  /** An object is sent as JSON, text as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  parameters?: Record<string, string>;
  base64?: boolean;
  /** Who signed it; nobody by default. */
  userArn?: string;
}

/** What Lambda says beside a request: all of 30 s is left. */
export const apiContext = { awsRequestId: 'lambda-1', getRemainingTimeInMillis: () => 30_000 } as Context;

let count = 0;

/** A request as API Gateway's HTTP API hands it to a function (payload format 2.0). */
export function aRequest({
  method = 'GET',
  path = '/v1/sites',
  body,
  headers = {},
  ...given
}: Given = {}): APIGatewayProxyEventV2 {
  count += 1;
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const encoded = given.base64 && text !== undefined ? Buffer.from(text).toString('base64') : text;
  const request = {
    accountId: '123456789012',
    apiId: 'api',
    domainName: 'api.execute-api.us-east-1.amazonaws.com',
    domainPrefix: 'api',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '198.51.100.7', userAgent: 'test' },
    requestId: `request-${count}`,
    routeKey: `${method} ${path}`,
    stage: '$default',
    time: '22/Nov/2026:12:00:00 +0000',
    timeEpoch: 1_795_348_800_000,
    ...(given.userArn && { authorizer: { iam: { userArn: given.userArn } } }),
  };
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(given.query).toString(),
    headers: { host: request.domainName, ...headers },
    requestContext: request,
    isBase64Encoded: given.base64 ?? false,
    ...(given.query && { queryStringParameters: given.query }),
    ...(given.parameters && { pathParameters: given.parameters }),
    ...(encoded !== undefined && { body: encoded }),
  };
}
