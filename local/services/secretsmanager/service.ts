import type { Host } from '../../host.ts';
import type { Service } from '../../wire/service.ts';
import constraints from './constraints.json' with { type: 'json' };
import { createSecret } from './create-secret.ts';
import { deleteSecret, restoreSecret } from './delete-secret.ts';
import { describeSecret, listSecrets, listSecretVersionIds } from './describe.ts';
import { noSuchSecret } from './errors.ts';
import { RATES } from './quotas.ts';
import { getSecretValue, putSecretValue, updateSecret } from './secret-value.ts';
import { SecretStore } from './store.ts';
import { tagResource, untagResource } from './tags.ts';

/** Secrets Manager: secrets with their versions and staging labels, deletion with a window to restore. */
export function createSecretsManager(host: Host): { service: Service } {
  const store = new SecretStore(host);
  return {
    service: {
      name: 'secretsmanager',
      protocol: 'awsJson1_1',
      model: () => import('@aws-sdk/client-secrets-manager'),
      constraints,
      rates: { actions: RATES, code: 'ThrottlingException' },
      lagging: [
        { ids: /^arn:aws:secretsmanager:[^:]+:\d{12}:secret:/, notFound: noSuchSecret, createdBy: 'CreateSecret' },
      ],
      operations: {
        CreateSecret: createSecret(host, store),
        PutSecretValue: putSecretValue(host, store),
        GetSecretValue: getSecretValue(host, store),
        DescribeSecret: describeSecret(store),
        ListSecretVersionIds: listSecretVersionIds(store),
        UpdateSecret: updateSecret(host, store),
        DeleteSecret: deleteSecret(host, store),
        RestoreSecret: restoreSecret(store),
        TagResource: tagResource(store),
        UntagResource: untagResource(store),
        ListSecrets: listSecrets(store),
      },
    },
  };
}
