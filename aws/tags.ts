/** A tag as most services write it. */
export interface Tag {
  Key?: string | undefined;
  Value?: string | undefined;
}

/** Tags as the services take them. */
export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as domain/ looks at them. */
export function tagRecord(tags: readonly Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** What EC2 is asked for things with all of these tags by. */
export function tagFilters(tags: Readonly<Record<string, string>>): { Name: string; Values: string[] }[] {
  return Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
}
