import type { Cors } from '@aws-sdk/client-apigatewayv2';
import type { Reply } from './reply.ts';

/** Whether the API's own configuration lets pages of this origin in. */
export function allowsOrigin(cors: Cors | undefined, origin: string | undefined): boolean {
  if (origin === undefined || !cors?.AllowOrigins) return false;
  return cors.AllowOrigins.some((allowed) =>
    allowed.includes('*')
      ? new RegExp(`^${allowed.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(origin)
      : allowed === origin,
  );
}

/** What an allowed page is told with every answer. */
export function corsHeaders(cors: Cors, origin: string): Record<string, string> {
  const any = cors.AllowOrigins?.includes('*') && !cors.AllowCredentials;
  return {
    'access-control-allow-origin': any ? '*' : origin,
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.ExposeHeaders?.length && { 'access-control-expose-headers': cors.ExposeHeaders.join(',') }),
  };
}

/** The answer to a preflight request; an API with CORS configured answers it itself, whatever its routes are. */
export const preflight = (cors: Cors, origin: string): Reply => ({
  status: 204,
  headers: {
    ...corsHeaders(cors, origin),
    ...(cors.AllowMethods?.length && { 'access-control-allow-methods': cors.AllowMethods.join(',') }),
    ...(cors.AllowHeaders?.length && { 'access-control-allow-headers': cors.AllowHeaders.join(',') }),
    ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
  },
  cookies: [],
  body: Buffer.alloc(0),
});
