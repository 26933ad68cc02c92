import type { RedirectActionConfig } from '@aws-sdk/client-elastic-load-balancing-v2';
import { authorityOf, type Exchange, targetOf } from './exchange.ts';

/** Where a redirect leads: "https://shop.example.test:443/cart?id=1". The port always stands there, as AWS has it. */
export function locationOf(exchange: Exchange, config: RedirectActionConfig | undefined): string {
  const { path, query } = targetOf(exchange);
  const { listener } = exchange;
  const asked: Record<string, string> = {
    protocol: listener.protocol,
    host: authorityOf(exchange).replace(/:\d+$/, ''),
    port: String(listener.port),
    path: path.slice(1),
    query,
  };
  const filled = (template = '') => template.replace(/#\{(\w+)\}/g, (whole, word) => asked[word] ?? whole);
  const wantedQuery = filled(config?.Query);
  return [
    `${filled(config?.Protocol).toLowerCase()}://${filled(config?.Host)}:${filled(config?.Port)}`,
    filled(config?.Path),
    wantedQuery === '' ? '' : `?${wantedQuery}`,
  ].join('');
}
