/** The tags that a request puts on what it makes, as condition keys: aws:RequestTag/… and aws:TagKeys. */
export function requestTagKeys(input: unknown): Record<string, string[]> {
  const tags = tagsOf(input);
  if (tags.length === 0) return {};
  const byKey = Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, [value]]));
  return { ...byKey, 'aws:TagKeys': tags.map(([key]) => key) };
}

/**
 * Services spell tags in five ways: a list of Key and Value, the same in lower case, a map, EC2's specifications, and CloudFront's
 * list in a structure of its own.
 */
function tagsOf(input: unknown): [key: string, value: string][] {
  const { Tags, tags, TagSpecifications, DistributionConfigWithTags } = input as Record<string, unknown>;
  if (DistributionConfigWithTags) return tagsOf(DistributionConfigWithTags);
  if (Array.isArray(TagSpecifications)) return TagSpecifications.flatMap(tagsOf);
  const given = itemsOf(Tags) ?? Tags ?? tags;
  if (Array.isArray(given)) return given.map(({ Key, key, Value, value }) => [Key ?? key ?? '', Value ?? value ?? '']);
  return typeof given === 'object' && given !== null ? Object.entries(given as Record<string, string>) : [];
}

const itemsOf = (tags: unknown): unknown => {
  const { Items } = (tags ?? {}) as { Items?: unknown };
  return Array.isArray(Items) ? Items : undefined;
};
