import { displayName } from '../names/display-name.ts';
import type { FailoverPage } from '../sites/failover.ts';
import { contactLink } from './contact-link.ts';
import { escaped } from './escaped.ts';
import { STYLE } from './style.ts';
import { textDirection } from './text-direction.ts';

/** What of the page is decided elsewhere. */
interface Showing {
  domain: string;
  /** Said instead of the message of the document, while a maintenance has words of its own. */
  message?: string | undefined;
}

/**
 * The document that viewers get while the site is down: the user's own, or one made from its words. It is complete in itself: nothing else
 * could be loaded, since every path of the site answers with it.
 */
export function renderPage(page: FailoverPage, { domain, message = page.message }: Showing): string {
  if (page.html !== undefined) return page.html;
  const { title, contact, language } = page;
  const heading = escaped(title.trim());
  return `<!doctype html>
<html lang="${escaped(language)}" dir="${textDirection(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${heading}</title>
<style>${STYLE}</style>
</head>
<body>
<div class="door">
${NAIL}
<main${message.length > LONG_CHARACTERS ? ' class="long"' : ''}>
<h1>${heading}</h1>
${paragraphs(message)}${contact === undefined ? '' : ask(contact)}
</main>
<p class="site" dir="ltr">${escaped(displayName(domain))}</p>
</div>
</body>
</html>
`;
}

/** A longer message is read line by line, and so each begins at the edge. */
const LONG_CHARACTERS = 280;

/** A nail, and the string by which the sign hangs from it. */
const NAIL =
  '<svg class="nail" viewBox="0 0 240 76" aria-hidden="true"><path d="M6 76 120 8l114 68" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round"/><circle cx="120" cy="8" r="5"/></svg>';

function paragraphs(message: string): string {
  return message
    .split(/\n\s*\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => `<p>${escaped(each).replace(/\s*\n\s*/g, '<br>')}</p>`)
    .join('\n');
}

function ask(contact: string): string {
  const href = contactLink(contact);
  const words = `<bdi>${escaped(contact.trim().replace(/^https:\/\//i, ''))}</bdi>`;
  return `\n<p class="ask">${href === undefined ? words : `<a href="${escaped(href)}">${words}</a>`}</p>`;
}
