import type { SiteCheckView } from '../domain/doctor/view.ts';
import { paint } from './paint.ts';
import type { Session } from './session.ts';
import { widthOf } from './text/table.ts';
import { wrap } from './wrap.ts';

/** Has a site looked at from outside, and shows what was found under each of its names. */
export async function showProof({ api, say }: Pick<Session, 'api' | 'say'>, domain: string): Promise<void> {
  const { names, origin, resources } = await api.change<SiteCheckView>('POST', '/v1/checks', { domain });
  const line = (mark: string, text: string): void => {
    const [first = '', ...others] = wrap(text, widthOf() - 7);
    say(`  ${mark} ${first}${others.map((part) => `\n    ${part}`).join('')}`);
  };
  const found = (findings: SiteCheckView['resources']): void => {
    for (const { severity, code, message, fix } of findings) {
      const mark = severity === 'error' ? paint('red', '✖') : severity === 'warning' ? paint('yellow', '!') : 'i';
      line(mark, `${code}: ${message}${severity === 'info' ? '' : ` ${fix}`}`);
    }
  };
  say(`\n${paint('bold', 'Proof, as seen from outside')}`);
  for (const { name, passed, findings } of names) {
    for (const { check, message } of passed) line(paint('green', '✔'), `${name}  ${check}: ${message}`);
    found(findings);
  }
  found([...(origin?.findings ?? []), ...resources]);
}
