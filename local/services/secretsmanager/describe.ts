import type {
  DescribeSecretRequest,
  DescribeSecretResponse,
  Filter,
  ListSecretsRequest,
  ListSecretsResponse,
  ListSecretVersionIdsRequest,
  ListSecretVersionIdsResponse,
} from '@aws-sdk/client-secrets-manager';
import { AwsError, type Operation } from '../../wire/service.ts';
import { onSecret } from './on-secret.ts';
import type { Secret } from './secret.ts';
import type { SecretStore } from './store.ts';
import { stagesOf } from './versions.ts';

/** Source: ListSecrets, `MaxResults`, checked 2026-11-29. */
const PAGE = 100;

const shown = (secret: Secret): Omit<DescribeSecretResponse, 'VersionIdsToStages'> => ({
  ARN: secret.arn,
  Name: secret.name,
  ...(secret.description !== undefined && { Description: secret.description }),
  ...(secret.kmsKeyId !== undefined && { KmsKeyId: secret.kmsKeyId }),
  CreatedDate: secret.createdAt,
  LastChangedDate: secret.changedAt,
  ...(secret.accessedAt && { LastAccessedDate: secret.accessedAt }),
  ...(secret.deleted && { DeletedDate: secret.deleted.at }),
  ...(secret.tags.size > 0 && { Tags: [...secret.tags].map(([Key, Value]) => ({ Key, Value })) }),
});

/** DescribeSecret: all but the value, of one scheduled for deletion as well. */
export const describeSecret = (store: SecretStore): Operation<DescribeSecretRequest, DescribeSecretResponse> => ({
  ...onSecret<DescribeSecretRequest>(store),
  run(input, call) {
    const secret = store.get(input.SecretId, call, { evenDeleted: true });
    return { ...shown(secret), ...(secret.versions.length > 0 && { VersionIdsToStages: stagesOf(secret) }) };
  },
});

/** ListSecretVersionIds: those with a label, or all. */
export const listSecretVersionIds = (
  store: SecretStore,
): Operation<ListSecretVersionIdsRequest, ListSecretVersionIdsResponse> => ({
  ...onSecret<ListSecretVersionIdsRequest>(store),
  run({ SecretId, IncludeDeprecated = false, MaxResults = PAGE, NextToken }, call) {
    const secret = store.get(SecretId, call, { evenDeleted: true });
    const { page, next } = pageOf(
      secret.versions.filter(({ stages }) => IncludeDeprecated || stages.size > 0),
      { MaxResults, NextToken },
    );
    const Versions = page.map(({ id, stages, createdAt, accessedAt }) => ({
      VersionId: id,
      VersionStages: [...stages],
      CreatedDate: createdAt,
      KmsKeyIds: [secret.kmsKeyId ?? 'DefaultEncryptionKey'],
      ...(accessedAt && { LastAccessedDate: accessedAt }),
    }));
    return { ARN: secret.arn, Name: secret.name, Versions, ...next };
  },
});

/** ListSecrets: without those scheduled for deletion unless they are asked for. */
export const listSecrets = (store: SecretStore): Operation<ListSecretsRequest, ListSecretsResponse> => ({
  run({ Filters = [], IncludePlannedDeletion = false, SortOrder = 'desc', MaxResults = PAGE, NextToken }, { region }) {
    const found = [...store.in(region).values()]
      .filter(({ deleted }) => IncludePlannedDeletion || !deleted)
      .filter((secret) => Filters.every((filter) => passes(secret, filter)))
      .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
    const { page, next } = pageOf(SortOrder === 'asc' ? found : found.reverse(), { MaxResults, NextToken });
    return {
      SecretList: page.map((secret) => ({ ...shown(secret), SecretVersionsToStages: stagesOf(secret) })),
      ...next,
    };
  },
});

/** A value with "!" before it excludes; names and tags match by their beginning. Source: ListSecrets, `Filters`, checked 2026-11-29. */
function passes(secret: Secret, { Key, Values = [] }: Filter): boolean {
  const texts: Record<string, readonly string[]> = {
    name: [secret.name],
    description: [secret.description ?? ''],
    'tag-key': [...secret.tags.keys()],
    'tag-value': [...secret.tags.values()],
  };
  const own = texts[Key ?? ''];
  if (!own) throw new AwsError('NotImplemented', `The filter ${Key} is not part of the local AWS`, { status: 501 });
  const begins = (value: string): boolean => own.some((text) => text.startsWith(value));
  return Values.some((value) => (value.startsWith('!') ? !begins(value.slice(1)) : begins(value)));
}

function pageOf<Item>(
  items: readonly Item[],
  { MaxResults, NextToken }: { MaxResults: number; NextToken: string | undefined },
): { page: Item[]; next: { NextToken?: string } } {
  const start = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) throw new AwsError('InvalidNextTokenException', 'Invalid NextToken.');
  const end = start + MaxResults;
  return {
    page: items.slice(start, end),
    next: end < items.length ? { NextToken: Buffer.from(String(end)).toString('base64url') } : {},
  };
}
