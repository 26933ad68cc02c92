import type {
  GetSecretValueRequest,
  GetSecretValueResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
  UpdateSecretRequest,
  UpdateSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import type { Host } from '../../host.ts';
import type { Operation } from '../../wire/service.ts';
import { invalidParameter, invalidRequest, noSuchValue } from './errors.ts';
import { onKey, onSecret } from './on-secret.ts';
import { CURRENT, type Secret, type SecretVersion } from './secret.ts';
import type { SecretStore } from './store.ts';
import { addVersion, givenValue } from './versions.ts';

/** GetSecretValue: the current value, or that of a version or a staging label. */
export const getSecretValue = (
  host: Host,
  store: SecretStore,
): Operation<GetSecretValueRequest, GetSecretValueResponse> => ({
  ...onSecret<GetSecretValueRequest>(store, ({ VersionId, VersionStage }) => ({
    ...(VersionId !== undefined && { 'secretsmanager:VersionId': [VersionId] }),
    'secretsmanager:VersionStage': [VersionStage ?? CURRENT],
  })),
  dependents: ({ SecretId }, call) => onKey(store.find(SecretId, call.region)?.kmsKeyId, ['kms:Decrypt'], call),
  run(input, call) {
    const secret = store.get(input.SecretId, call);
    const version = versionOf(secret, input);
    version.accessedAt = secret.accessedAt = startOfDay(host.clock.now());
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      ...version.value,
      VersionStages: [...version.stages],
      CreatedDate: version.createdAt,
    };
  },
});

function versionOf({ versions }: Secret, { VersionId, VersionStage }: GetSecretValueRequest): SecretVersion {
  if (VersionId !== undefined) {
    const found = versions.find(({ id }) => id === VersionId);
    if (!found) throw noSuchValue(`VersionId: ${VersionId}`);
    if (VersionStage === undefined || found.stages.has(VersionStage)) return found;
    throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
  }
  const label = VersionStage ?? CURRENT;
  const found = versions.find(({ stages }) => stages.has(label));
  if (!found) throw noSuchValue(`staging label: ${label}`);
  return found;
}

/** Of `LastAccessedDate` only the day is told. Source: DescribeSecret, checked 2026-11-29. */
const startOfDay = (now: Date): Date => new Date(now.toISOString().slice(0, 10));

/** PutSecretValue: a new version, current unless it is labelled otherwise. */
export const putSecretValue = (
  host: Host,
  store: SecretStore,
): Operation<PutSecretValueRequest, PutSecretValueResponse> => ({
  ...onSecret<PutSecretValueRequest>(store),
  dependents: ({ SecretId }, call) =>
    onKey(store.find(SecretId, call.region)?.kmsKeyId, ['kms:GenerateDataKey', 'kms:Decrypt'], call),
  run(input, call) {
    const secret = store.get(input.SecretId, call);
    const value = givenValue(input);
    if (!value) throw invalidParameter('You must provide either SecretString or SecretBinary.');
    const version = addVersion(secret, value, { ...input, now: host.clock.now() });
    return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] };
  },
});

/** UpdateSecret: description and key, and a new current version where a value is given. */
export const updateSecret = (host: Host, store: SecretStore): Operation<UpdateSecretRequest, UpdateSecretResponse> => ({
  ...onSecret<UpdateSecretRequest>(store),
  dependents: ({ SecretId, KmsKeyId }, call) =>
    onKey(KmsKeyId ?? store.find(SecretId, call.region)?.kmsKeyId, ['kms:GenerateDataKey', 'kms:Decrypt'], call),
  run(input, call) {
    const secret = store.get(input.SecretId, call);
    const now = host.clock.now();
    const value = givenValue(input);
    const version = value && addVersion(secret, value, { ClientRequestToken: input.ClientRequestToken, now });
    if (input.Description !== undefined) secret.description = input.Description;
    if (input.KmsKeyId !== undefined) secret.kmsKeyId = input.KmsKeyId;
    secret.changedAt = now;
    return { ARN: secret.arn, Name: secret.name, ...(version && { VersionId: version.id }) };
  },
});
