import type { AlertView } from '../../domain/care/view.ts';
import { minute } from '../../domain/minute.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { everyPage } from '../pages.ts';
import { paint } from '../paint.ts';
import { type ApiOptions, openSession, sayJson } from '../session.ts';
import { widthOf } from '../text/table.ts';
import { wrap } from '../wrap.ts';

/** What people were told of, the newest first. */
export async function alerts({ resolved = false, ...options }: ApiOptions & { resolved?: boolean }): Promise<ExitCode> {
  const { api, json, say, next } = await openSession(options);
  const state = resolved ? 'resolved' : 'open';
  const found = await everyPage<AlertView>(api, `/v1/alerts?limit=100&state=${state}`, 'alerts');
  if (json) sayJson({ alerts: found });
  const none = resolved ? 'No alert was resolved in the last 90 days' : 'No alert stands';
  say(found.length === 0 ? none : found.map(alertText).join('\n\n'));
  const unread = found.find(({ acknowledged }) => !acknowledged);
  next(unread && !resolved ? `alerts acknowledge ${unread.id}` : 'list');
  return EXIT.done;
}

/** Says that an alert was read: it stays open until it is mended. */
export async function acknowledge(id: string, options: ApiOptions): Promise<ExitCode> {
  const { api, json, say, next } = await openSession(options);
  const alert = await api.change<AlertView>('POST', `/v1/alerts/${encodeURIComponent(id)}/acknowledge`);
  if (json) sayJson(alert);
  say(`Acknowledged; it stays open until it is mended.\n\n${alertText(alert)}`);
  next('alerts');
  return EXIT.done;
}

function alertText(alert: AlertView): string {
  const { id, domain, severity, code, message, evidence, fix, raisedAt, acknowledged, resolvedAt } = alert;
  const at = (what: string, instant: string | undefined): string[] =>
    instant === undefined ? [] : [`${what} ${minute(instant)}`];
  const history = [...at('raised', raisedAt), ...at('acknowledged', acknowledged?.at), ...at('resolved', resolvedAt)];
  const style = severity === 'error' ? 'red' : 'yellow';
  const lines = [
    message,
    ...evidence.map((fact) => `seen  ${fact}`),
    `fix   ${fix}`,
    `id    ${[id, ...history].join(', ')}`,
  ];
  const body = lines.flatMap((line) => wrap(line, widthOf() - 5)).map((line) => `    ${line}`);
  return [`${paint(style, severity)}  ${paint('bold', domain)}  ${code}`, ...body].join('\n');
}
