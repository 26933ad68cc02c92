import type { Api } from './api.ts';

/** All that a list of the API has, page after page: `{ sites: [...] }`. */
export async function everyPage<Item>(api: Api, path: string, field: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let next: string | undefined; ; ) {
    const from = next === undefined ? '' : `${path.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`;
    const page = await api.get<Record<string, unknown> & { next?: string }>(path + from);
    items.push(...(page[field] as Item[]));
    next = page.next;
    if (next === undefined) return items;
  }
}
