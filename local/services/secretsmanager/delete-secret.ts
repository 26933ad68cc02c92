import type {
  DeleteSecretRequest,
  DeleteSecretResponse,
  RestoreSecretRequest,
  RestoreSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import type { Host } from '../../host.ts';
import type { Operation } from '../../wire/service.ts';
import { invalidParameter } from './errors.ts';
import { onSecret } from './on-secret.ts';
import { DELETING_SECONDS, RECOVERY_DAYS } from './quotas.ts';
import type { SecretStore } from './store.ts';

const DAY_MS = 86_400_000;

/** DeleteSecret: scheduled, and gone once the recovery window is over; by force at once, and then one that is absent is no error. */
export const deleteSecret = (host: Host, store: SecretStore): Operation<DeleteSecretRequest, DeleteSecretResponse> => ({
  ...onSecret<DeleteSecretRequest>(store),
  run({ SecretId, RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: force = false }, call) {
    const { min, max } = RECOVERY_DAYS;
    if (force && days !== undefined) {
      throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days !== undefined && (days < min || days > max)) {
      throw invalidParameter(`The RecoveryWindowInDays value must be between ${min} and ${max} days (inclusive).`);
    }
    const now = host.clock.now();
    if (force && !store.find(SecretId, call.region)) return { Name: SecretId, DeletionDate: now };
    const secret = store.get(SecretId, call, { evenDeleted: force });
    if (force) {
      const seconds = host.draws.seconds('secretsmanager:delete', secret.name, DELETING_SECONDS);
      store.remove(secret, call.region, seconds);
      return { ARN: secret.arn, Name: secret.name, DeletionDate: now };
    }
    const until = new Date(now.getTime() + (days ?? RECOVERY_DAYS.default) * DAY_MS);
    secret.deleted = { at: now, until };
    return { ARN: secret.arn, Name: secret.name, DeletionDate: until };
  },
});

/** RestoreSecret: takes back a deletion that is scheduled; nothing for one that isn't. */
export const restoreSecret = (store: SecretStore): Operation<RestoreSecretRequest, RestoreSecretResponse> => ({
  ...onSecret<RestoreSecretRequest>(store),
  run({ SecretId }, call) {
    const secret = store.get(SecretId, call, { evenDeleted: true });
    delete secret.deleted;
    return { ARN: secret.arn, Name: secret.name };
  },
});
