import { ChangeTagsForResourceCommand, ListTagsForResourceCommand, type Route53Client } from '@aws-sdk/client-route-53';
import { isCode } from '../error-code.ts';
import { tagList, tagRecord } from '../tags.ts';

/** The tags of a health check; none of one that is not there. */
export async function readHealthCheckTags(route53: Route53Client, id: string): Promise<Record<string, string>> {
  try {
    const { ResourceTagSet } = await route53.send(
      new ListTagsForResourceCommand({ ResourceType: 'healthcheck', ResourceId: id }),
    );
    return tagRecord(ResourceTagSet?.Tags);
  } catch (error) {
    if (isCode(error, 'NoSuchHealthCheck')) return {};
    throw error;
  }
}

/** Adds tags to a health check; it cannot be created with them. */
export async function tagHealthCheck(
  route53: Route53Client,
  { id, tags }: { id: string; tags: Record<string, string> },
): Promise<void> {
  await route53.send(
    new ChangeTagsForResourceCommand({ ResourceType: 'healthcheck', ResourceId: id, AddTags: tagList(tags) }),
  );
}

/** Takes tags off a health check, by their keys. */
export async function untagHealthCheck(
  route53: Route53Client,
  { id, keys }: { id: string; keys: string[] },
): Promise<void> {
  await route53.send(
    new ChangeTagsForResourceCommand({ ResourceType: 'healthcheck', ResourceId: id, RemoveTagKeys: keys }),
  );
}
