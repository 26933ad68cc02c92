import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { SecretRefusal } from '../../domain/certificates/secret.ts';
import { isCode } from '../error-code.ts';
import { tagRecord } from '../tags.ts';

/** What Secrets Manager refuses, and what that means to who named the secret. */
const REFUSALS: Record<string, SecretRefusal> = {
  AccessDenied: 'denied',
  ResourceNotFound: 'notFound',
  InvalidRequest: 'deleted',
  DecryptionFailure: 'notDecrypted',
};

/** The current value of a secret, undefined where it is bytes, or why it is not read. Never to be logged. */
export async function readSecret(
  secrets: SecretsManagerClient,
  arn: string,
): Promise<{ text: string | undefined } | { refused: SecretRefusal }> {
  try {
    const { SecretString: text } = await secrets.send(new GetSecretValueCommand({ SecretId: arn }));
    return { text };
  } catch (error) {
    return { refused: refusalOf(error) };
  }
}

/** The tags of a secret, or why they are not read. */
export async function readSecretTags(
  secrets: SecretsManagerClient,
  arn: string,
): Promise<{ tags: Record<string, string> } | { refused: SecretRefusal }> {
  try {
    const { Tags } = await secrets.send(new DescribeSecretCommand({ SecretId: arn }));
    return { tags: tagRecord(Tags) };
  } catch (error) {
    return { refused: refusalOf(error) };
  }
}

/** @throws what says nothing of the secret: a throttle, a lost connection */
function refusalOf(error: unknown): SecretRefusal {
  const known = Object.entries(REFUSALS).find(([code]) => isCode(error, code));
  if (!known) throw error;
  // A secret without a value is not found either, in other words.
  return known[1] === 'notFound' && /secret value/.test((error as Error).message) ? 'noValue' : known[1];
}
