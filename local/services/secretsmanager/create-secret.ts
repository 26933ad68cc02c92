import type { CreateSecretRequest, CreateSecretResponse } from '@aws-sdk/client-secrets-manager';
import type { Host } from '../../host.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { exists, invalidRequest } from './errors.ts';
import { arnOfName, onKey, tagConditions } from './on-secret.ts';
import type { Secret } from './secret.ts';
import type { SecretStore } from './store.ts';
import { readTags } from './tags.ts';
import { addVersion, givenValue, isSame } from './versions.ts';

const NAME = /^[A-Za-z0-9/_+=.@-]+$/;

/** CreateSecret: with a value or without one. The same token and value again give what was made. */
export const createSecret = (host: Host, store: SecretStore): Operation<CreateSecretRequest, CreateSecretResponse> => ({
  resources: ({ Name = '' }, call) => [arnOfName(Name, call)],
  conditions: ({ Name = '', Tags }) => ({ ...tagConditions(Tags), 'secretsmanager:Name': [Name] }),
  dependents: ({ KmsKeyId }, call) => onKey(KmsKeyId, ['kms:GenerateDataKey', 'kms:Decrypt'], call),
  run(input, call) {
    const { Name = '', Description, KmsKeyId, Tags, AddReplicaRegions } = input;
    if (AddReplicaRegions?.length) {
      throw new AwsError('NotImplemented', 'Replicas are not part of the local AWS', { status: 501 });
    }
    if (!NAME.test(Name)) {
      const message =
        'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!';
      throw new AwsError('ValidationException', message, { status: 400 });
    }
    const value = givenValue(input);
    const standing = store.in(call.region).get(Name);
    if (standing?.deleted || store.isGoing(Name, call.region)) {
      throw invalidRequest(
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (standing) {
      const made = standing.versions.find(({ id }) => id === input.ClientRequestToken);
      if (made && value && isSame(made.value, value)) return { ARN: standing.arn, Name, VersionId: made.id };
      throw exists(`The operation failed because the secret ${Name} already exists.`);
    }
    const now = host.clock.now();
    const secret: Secret = {
      arn: store.newArn(Name, call),
      name: Name,
      ...(Description !== undefined && { description: Description }),
      ...(KmsKeyId !== undefined && { kmsKeyId: KmsKeyId }),
      versions: [],
      tags: readTags(Tags),
      createdAt: now,
      changedAt: now,
    };
    const version = value && addVersion(secret, value, { ClientRequestToken: input.ClientRequestToken, now });
    store.in(call.region).set(Name, secret);
    return { ARN: secret.arn, Name, ...(version && { VersionId: version.id }) };
  },
});
