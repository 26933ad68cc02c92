import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/**
 * The ARN of the principal that signed a request, with its session: "arn:aws:sts::123456789012:assumed-role/Admin/alice".
 * Undefined where the API asks for no signature.
 */
export function callerOf({ requestContext }: APIGatewayProxyEventV2): string | undefined {
  const { authorizer } = requestContext as { authorizer?: { iam?: { userArn?: string } } };
  return authorizer?.iam?.userArn || undefined;
}

/** The principal without its session: all sessions of a role are one caller. */
export function withoutSession(arn: string): string {
  return arn.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1');
}
