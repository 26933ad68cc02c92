import { signal } from '@preact/signals';

const read = (): { path: string; query: string } => ({ path: location.pathname, query: location.search });

/** Where the browser is: follows links inside the console without loading the page again. */
export const place = signal(read());

/** Goes to another page of the console. */
export function go(href: string): void {
  if (href !== `${location.pathname}${location.search}`) history.pushState(null, '', href);
  place.value = read();
  scrollTo(0, 0);
}

/** Replaces the query of the present page: the state of a filter, which survives a reload and can be sent to others. */
export function setQuery(query: URLSearchParams): void {
  const text = query.toString();
  history.replaceState(null, '', text === '' ? location.pathname : `${location.pathname}?${text}`);
  place.value = read();
}

/** Makes every plain click on a link of the console a change of page. */
export function followLinks(): void {
  addEventListener('popstate', () => {
    place.value = read();
  });
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || link.target || link.origin !== location.origin) return;
    if (link.hash !== '' || link.hasAttribute('download')) return;
    event.preventDefault();
    go(`${link.pathname}${link.search}`);
  });
}
