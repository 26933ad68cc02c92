import { isDeepStrictEqual } from 'node:util';
import { minute } from '../../domain/minute.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import { paint, type Style } from '../paint.ts';
import { wrap } from '../wrap.ts';
import { failoverText } from './failover-text.ts';
import { recordsText } from './records-text.ts';
import { widthOf } from './table.ts';

const STATE_STYLES: Record<SiteView['state'], Style> = {
  pending: 'cyan',
  changing: 'cyan',
  switching: 'cyan',
  live: 'green',
  failed: 'red',
  held: 'red',
  undoing: 'cyan',
  undone: 'dim',
};

/** How much of the timeline is shown. */
const LAST = 12;

const LABEL = 12;

/** A site as a person reads it: where it stands, what it waits for, what was declared, what was seen and what happened last. */
export function siteText(site: SiteView, width = widthOf()): string {
  const { domain, state, revision, operation, waiting, reason, nameServers, failover, live } = site;
  const lines = [
    `${paint('bold', domain)}  ${paint(STATE_STYLES[state], state)}  ${paint('dim', `revision ${revision}`)}`,
    ...labelled(
      'runs',
      operation && `${operation.name} since ${operation.startedAt}${operation.by ? `, by ${operation.by}` : ''}`,
    ),
    ...waiting.flatMap((each) => labelled('waits for', `${each.for} (${each.step}, since ${each.since})`)),
    ...labelled('because', reason && `${reason.step}: ${reason.message}`),
    ...labelled('aliases', site.site.aliases.join(', ')),
    ...labelled('origin', JSON.stringify(site.site.origin)),
    ...labelled('edge', site.site.edge),
    ...labelled(
      'live',
      live && !isDeepStrictEqual(live, site.site) ? 'another document, while this one is on its way' : '',
    ),
    ...labelled('servers', nameServers?.join(', ')),
    ...labelled('page', failover && failoverText(failover)),
    ...(site.left ?? []).flatMap(({ type, id, why }) => labelled('not removed', `${type} ${id}: ${why}`)),
  ];
  const happened = site.timeline
    .slice(-LAST)
    .flatMap(({ at, step, message }) =>
      row(`${at.slice(0, 19)}Z`, `${step === undefined ? '' : `${step}: `}${message}`),
    );
  const seen = (site.probes ?? []).flatMap(({ leg, at, asked, found, isWell }) =>
    labelled(leg, `${isWell ? '✔' : '✖'} ${minute(at)}  ${asked}: ${found}`),
  );
  const records = recordsText(site);
  return [
    lines.join('\n'),
    ...(records === '' ? [] : [records]),
    ...(seen.length === 0 ? [] : [[paint('bold', 'Seen of each leg last'), ...seen].join('\n')]),
    ...(happened.length === 0 ? [] : [[paint('bold', 'What happened last'), ...happened].join('\n')]),
  ].join('\n\n');

  function labelled(label: string, text: string | undefined): string[] {
    return text ? laidOut(paint('dim', label.padEnd(LABEL)), LABEL + 2, text) : [];
  }

  function row(at: string, text: string): string[] {
    return laidOut(paint('dim', at), at.length + 4, text);
  }

  /** A label of so many columns and its text beside it. */
  function laidOut(label: string, left: number, text: string): string[] {
    return wrap(text, width - left - 1).map((part, index) =>
      index === 0
        ? `  ${label}${' '.repeat(Math.max(left - 2 - bare(label), 0))}${part}`
        : `${' '.repeat(left)}${part}`,
    );
  }
}

/** How many columns a painted text takes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes that `paint` writes
const bare = (text: string): number => text.replace(/\u001b\[\d+m/g, '').length;
