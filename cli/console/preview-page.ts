import { renderPage } from '../../domain/pages/render-page.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import type { Refused } from './access.ts';
import { type Answer, apiPath, type Shown, sendToApi } from './ask-api.ts';

/**
 * The page may be a document of the user's own, which loads what it likes for its looks: it stands in a frame of the console
 * and of nobody else, is of no origin, and runs no script. Source: CSP Level 3, `sandbox`; checked 2026-11-30.
 */
const POLICY = [
  'sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline' http: https:",
  ...['img-src', 'font-src', 'media-src'].map((kind) => `${kind} http: https: data:`),
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** The maintenance page of a site, "/preview/shop.example.com?message=…", made as the function makes it that writes it. */
export async function previewPage(url: string, { target, tenant }: Shown): Promise<Answer | Refused> {
  const { pathname, searchParams } = new URL(url, 'http://console.invalid');
  const path = apiPath(`/v1/sites/${pathname.slice('/preview/'.length)}`, tenant);
  if (path === undefined) return { status: 404, detail: 'Cannot show that: give the domain of a site' };
  const answer = await sendToApi(path, { method: 'GET' }, target);
  if ('detail' in answer || answer.status !== 200) return answer;
  const { domain, site } = JSON.parse(Buffer.from(answer.body).toString()) as SiteView;
  if (!site.failover) return { status: 404, detail: `Cannot show the maintenance page of ${domain}: it has none` };
  const message = searchParams.get('message') ?? undefined;
  const html = renderPage(site.failover.page, { domain, message });
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
    body: Buffer.from(html),
  };
}
