import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { pairs } from '../../../internet/http-headers.ts';
import { holds } from '../rules/conditions.ts';
import { authorityOf, type Exchange, targetOf } from './exchange.ts';
import { forward } from './forward.ts';
import { sayPage } from './pages.ts';
import { locationOf } from './redirect.ts';

/** More addresses than that in X-Forwarded-For are refused. Source: User Guide, "HTTP 463"; checked 2026-11-22. */
const MOST_FORWARDERS = 30;

/** Answers a request by the first rule that it meets. */
export async function serve(exchange: Exchange): Promise<void> {
  const { request } = exchange;
  request.on('error', () => {});
  exchange.response.on('error', () => {});
  const forwarders = String(request.headers['x-forwarded-for'] ?? '').split(',');
  if (request.method === 'TRACE') sayPage(exchange, 405);
  else if (forwarders.length > MOST_FORWARDERS) sayPage(exchange, 463);
  else await act(exchange, actionFor(exchange));
}

function actionFor(exchange: Exchange): Action | undefined {
  const host = authorityOf(exchange).replace(/:\d+$/, '');
  const { path } = targetOf(exchange);
  const compared = { host, path, headers: pairs(exchange.request.rawHeaders) };
  return exchange.listener.rules.find(({ conditions }) => holds(conditions, compared))?.actions[0];
}

async function act(exchange: Exchange, action: Action | undefined): Promise<void> {
  if (action?.Type === 'redirect') {
    const status = action.RedirectConfig?.StatusCode === 'HTTP_302' ? 302 : 301;
    sayPage(exchange, status, { headers: { Location: locationOf(exchange, action.RedirectConfig) } });
  } else if (action?.Type === 'fixed-response') {
    const { StatusCode, ContentType = 'text/plain', MessageBody = '' } = action.FixedResponseConfig ?? {};
    sayPage(exchange, Number(StatusCode), { body: MessageBody, type: `${ContentType}; charset=utf-8` });
  } else await forward(exchange, action?.ForwardConfig);
}
