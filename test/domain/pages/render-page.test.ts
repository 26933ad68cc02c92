import { describe, expect, test } from '@jest/globals';
import { contactLink } from '../../../domain/pages/contact-link.ts';
import { renderPage } from '../../../domain/pages/render-page.ts';
import { textDirection } from '../../../domain/pages/text-direction.ts';
import { DEFAULT_PAGE, type FailoverPage } from '../../../domain/sites/failover.ts';

const domain = 'shop.example.test';
const rendered = (page: Partial<FailoverPage> = {}, message?: string): string =>
  renderPage({ ...DEFAULT_PAGE, ...page }, { domain, message });

test('a page has the words of the document, its language, and the name of the site', () => {
  const page = rendered({ title: 'Gleich zurück', message: 'Wir warten.', language: 'de' });
  expect(page).toMatch(/^<!doctype html>\n<html lang="de" dir="ltr">/);
  expect(page).toContain('<title>Gleich zurück</title>');
  expect(page).toContain('<h1>Gleich zurück</h1>\n<p>Wir warten.</p>');
  expect(page).toContain('>shop.example.test</p>');
  expect(renderPage(DEFAULT_PAGE, { domain: 'xn--bcher-kva.example' })).toContain('>bücher.example</p>');
});

test('words are text and never markup', () => {
  const words = `<script>alert("1")</script> & 'x'`;
  const page = rendered({ title: words, message: words, contact: words });
  expect(page).not.toMatch(/<script/i);
  expect(page.split('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;')).toHaveLength(5);
});

test('a page is complete in itself, small, has no script, and is for both colour schemes', () => {
  const page = rendered({ contact: 'help@shop.example.test' });
  expect(Buffer.byteLength(page)).toBeLessThan(10_000);
  expect(page).not.toMatch(/<script|<link|<img|<iframe|src=|url\(|@import/i);
  expect(page).toContain('@media (prefers-color-scheme:dark)');
  expect(page).toContain('width=device-width');
});

test('a message has its paragraphs and lines', () => {
  expect(rendered({ message: 'One\ntwo\n\n three \n' })).toContain('<p>One<br>two</p>\n<p>three</p>\n</main>');
});

test('a long message begins at the edge of the sign, and a short one is centred', () => {
  expect(rendered({ message: 'x'.repeat(281) })).toContain('<main class="long">');
  expect(rendered({}, 'x'.repeat(280))).toContain('<main>');
});

test('the message of a maintenance stands in for that of the document', () => {
  const page = rendered({ message: 'At any time.' }, 'Tonight until six.');
  expect(page).toContain('<p>Tonight until six.</p>');
  expect(page).not.toContain('At any time.');
});

test("a user's own document is sent as it is", () => {
  const html = '<!doctype html><title>Ours</title><script>go()</script>';
  expect(rendered({ html }, 'Tonight')).toBe(html);
});

describe('contactLink()', () => {
  test.each([
    ['help@shop.example.test', 'mailto:help@shop.example.test'],
    ['https://status.example.test/a?b=1', 'https://status.example.test/a?b=1'],
    ['+49 (30) 123-4567', 'tel:+49301234567'],
    ['javascript:alert(1)', undefined],
    ['http://status.example.test', undefined],
    ['a@b, c@d', undefined],
    ['at the counter, 9 to 5', undefined],
  ])('%s leads to %s', (contact, href) => {
    expect(contactLink(contact)).toBe(href);
  });

  test('is pressed in the page, and other words are only read', () => {
    expect(rendered({ contact: 'help@shop.example.test' })).toContain(
      '<a href="mailto:help@shop.example.test"><bdi>help@shop.example.test</bdi></a>',
    );
    expect(rendered({ contact: 'at the counter' })).toContain('<p class="ask"><bdi>at the counter</bdi></p>');
    expect(rendered({ contact: 'https://status.example.test/' })).toContain('<bdi>status.example.test/</bdi>');
  });
});

test.each([
  ['ar', 'rtl'],
  ['he-IL', 'rtl'],
  ['FA', 'rtl'],
  ['pa-Arab', 'rtl'],
  ['az-Latn', 'ltr'],
  ['ur-Latn-PK', 'ltr'],
  ['en', 'ltr'],
  ['pt-BR', 'ltr'],
])('%s is written %s', (language, direction) => {
  expect(textDirection(language)).toBe(direction);
  expect(rendered({ language })).toContain(`<html lang="${language}" dir="${direction}">`);
});
