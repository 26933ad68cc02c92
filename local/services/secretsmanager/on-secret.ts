import type { Tag } from '@aws-sdk/client-secrets-manager';
import type { Call, Dependent, Keys, Operation } from '../../wire/service.ts';
import type { SecretStore } from './store.ts';

interface Named {
  SecretId?: string | undefined;
}

/**
 * What IAM judges a call about one secret by: its whole ARN, however the call names it, and its tags.
 * Source: Service Authorization Reference, "AWS Secrets Manager"; checked 2026-11-29.
 */
export function onSecret<Input extends Named>(
  store: SecretStore,
  own: (input: Input) => Keys = () => ({}),
): Pick<Operation<Input>, 'resources' | 'conditions'> {
  return {
    resources: ({ SecretId = '' }, call) => [
      store.find(SecretId, call.region)?.arn ?? (SecretId.startsWith('arn:') ? SecretId : arnOfName(SecretId, call)),
    ],
    conditions(input, { region }) {
      const secret = store.find(input.SecretId, region);
      const keys: Keys = { ...own(input), 'secretsmanager:SecretId': [input.SecretId ?? ''] };
      for (const [key, value] of secret?.tags ?? []) {
        keys[`aws:ResourceTag/${key}`] = [value];
        keys[`secretsmanager:ResourceTag/${key}`] = [value];
      }
      return keys;
    },
  };
}

/** Of one that is not there: it has no six characters yet. */
export const arnOfName = (name: string, { region, account }: Call): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}`;

/** The condition keys that a request's tags give. */
export function tagConditions(tags: Tag[] | undefined): Keys {
  const keys: Keys = {};
  for (const { Key = '', Value = '' } of tags ?? []) keys[`aws:RequestTag/${Key}`] = [Value];
  if (tags) keys['aws:TagKeys'] = tags.map(({ Key = '' }) => Key);
  return keys;
}

/**
 * What a key of one's own asks for besides. The account's default key asks for nothing.
 * Source: Secrets Manager User Guide, "Permissions for the KMS key"; checked 2026-11-29.
 */
export function onKey(key: string | undefined, actions: readonly string[], { region, account }: Call): Dependent[] {
  if (key === undefined || /(^|\/)aws\/secretsmanager$/.test(key)) return [];
  const arn = key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${account}:key/${key}`;
  return actions.map((action) => ({ action, resources: [arn] }));
}
