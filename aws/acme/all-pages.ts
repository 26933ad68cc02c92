/** Every item of a list that ACM answers page by page. */
export async function allPages<Page extends { NextToken?: string | undefined }, Item>(
  ask: (NextToken: string | undefined) => Promise<Page>,
  items: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const found: Item[] = [];
  let next: string | undefined;
  do {
    const page = await ask(next);
    found.push(...(items(page) ?? []));
    next = page.NextToken;
  } while (next !== undefined);
  return found;
}
