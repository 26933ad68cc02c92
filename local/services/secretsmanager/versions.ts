import { exists, invalidParameter, invalidRequest } from './errors.ts';
import { LABELS_PER_SECRET, MOST_VALUE_BYTES, VERSIONS } from './quotas.ts';
import { CURRENT, type Secret, type SecretVersion, stage } from './secret.ts';

const DAY_MS = 86_400_000;

export interface Given {
  SecretString?: string | undefined;
  SecretBinary?: Uint8Array | undefined;
  ClientRequestToken?: string | undefined;
  VersionStages?: string[] | undefined;
}

/**
 * The value that a request gives; undefined where it gives none. Throws InvalidParameterException, or InvalidRequestException without
 * a token: every SDK makes one where the caller gives none, and AWS makes none.
 */
export function givenValue(given: Given): SecretVersion['value'] | undefined {
  const { SecretString, SecretBinary, ClientRequestToken } = given;
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  const bytes = SecretBinary?.length ?? Buffer.byteLength(SecretString ?? '');
  if (bytes > MOST_VALUE_BYTES) {
    throw invalidParameter(
      `1 validation error detected: the secret value must have length less than or equal to ${MOST_VALUE_BYTES}`,
    );
  }
  if (SecretBinary === undefined && SecretString === undefined) return undefined;
  if (ClientRequestToken === undefined) {
    throw invalidRequest('You must provide a ClientRequestToken value. We recommend a UUID-type value.');
  }
  return SecretBinary === undefined ? { SecretString: SecretString ?? '' } : { SecretBinary };
}

/** Gives a secret a value. A token that was used for the same value makes nothing; for another one it is refused. */
export function addVersion(
  secret: Secret,
  value: SecretVersion['value'],
  { ClientRequestToken: id = '', VersionStages = [CURRENT], now }: Given & { now: Date },
): SecretVersion {
  const known = secret.versions.find((version) => version.id === id);
  if (known) {
    if (isSame(known.value, value)) return known;
    throw exists(
      `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`,
    );
  }
  const version: SecretVersion = { id, value, stages: new Set(), createdAt: now };
  secret.versions.push(version);
  // The first value of a secret is its current one, whatever it is called besides.
  stage(secret, version, secret.versions.length === 1 ? [...new Set([...VersionStages, CURRENT])] : VersionStages);
  const labels = secret.versions.reduce((sum, { stages }) => sum + stages.size, 0);
  if (labels > LABELS_PER_SECRET)
    throw invalidParameter(`A secret can have ${LABELS_PER_SECRET} staging labels at most.`);
  secret.changedAt = now;
  forgetDeprecated(secret, now);
  return version;
}

export const isSame = (one: SecretVersion['value'], other: SecretVersion['value']): boolean =>
  one.SecretString === other.SecretString &&
  Buffer.from(one.SecretBinary ?? []).equals(Buffer.from(other.SecretBinary ?? []));

/** Source: Secrets Manager User Guide, "Secret versions": those of the last day stay; checked 2026-11-29. */
function forgetDeprecated(secret: Secret, now: Date): void {
  const old = secret.versions.filter(
    ({ stages, createdAt }) => stages.size === 0 && now.getTime() - createdAt.getTime() > DAY_MS,
  );
  const dropped = new Set(old.slice(0, Math.max(0, secret.versions.length - VERSIONS)));
  secret.versions = secret.versions.filter((version) => !dropped.has(version));
}

export const stagesOf = ({ versions }: Secret): Record<string, string[]> =>
  Object.fromEntries(versions.filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]]));
