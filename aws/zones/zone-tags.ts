import { ChangeTagsForResourceCommand, ListTagsForResourceCommand, type Route53Client } from '@aws-sdk/client-route-53';
import { tagList, tagRecord } from '../tags.ts';

/** The tags of a hosted zone. */
export async function readZoneTags(route53: Route53Client, id: string): Promise<Record<string, string>> {
  const { ResourceTagSet } = await route53.send(
    new ListTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId: id }),
  );
  return tagRecord(ResourceTagSet?.Tags);
}

/** Adds tags to a hosted zone; it can't be made with them. */
export async function tagZone(
  route53: Route53Client,
  { id, tags }: { id: string; tags: Record<string, string> },
): Promise<void> {
  await route53.send(
    new ChangeTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId: id, AddTags: tagList(tags) }),
  );
}

/** Takes tags off a hosted zone, by their keys. */
export async function untagZone(route53: Route53Client, { id, keys }: { id: string; keys: string[] }): Promise<void> {
  await route53.send(
    new ChangeTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId: id, RemoveTagKeys: keys }),
  );
}
