import { TENANT_TAG } from '../ownership.ts';
import type { FieldError } from '../problems/problem.ts';

/** The whole ARN of a secret, with its six last characters. Source: Secrets Manager User Guide, "What's in a secret", checked 2026-11-29. */
export const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512}-[A-Za-z0-9]{6}$/;

/** The tag that lets a stack read a secret; its value is the name of the stack. The owner of the secret sets it, never Nameplate. */
export const SECRET_TAG = 'nameplate:certificate';

/** Why the value of a secret is not read. */
export type SecretRefusal = 'notFound' | 'deleted' | 'denied' | 'noValue' | 'notDecrypted';

interface Place {
  region: string;
  account: string;
  stack: string;
}

/** What is wrong with a secret of another place: a stack reads those of its own account and region only. */
export function misplacedSecret(arn: string, { region, account }: Omit<Place, 'stack'>): FieldError | undefined {
  const [, , , its, owner] = arn.split(':');
  if (its !== region) {
    return secretProblem(arn, `it is in ${its}, and this stack reads those of ${region} only; store it there`);
  }
  if (owner !== account) {
    return secretProblem(
      arn,
      `it is in the account ${owner}, and this stack reads those of its own only; store it in ${account}`,
    );
  }
  return undefined;
}

/** What a person does about a secret that is not read. */
export function refusedSecret(arn: string, why: SecretRefusal, { stack }: Pick<Place, 'stack'>): FieldError {
  const tag = `aws secretsmanager tag-resource --secret-id ${arn} --tags Key=${SECRET_TAG},Value=${stack}`;
  const sentences: Record<SecretRefusal, string> = {
    notFound: 'Secrets Manager has no such secret; check the ARN',
    deleted: 'it is scheduled for deletion; restore it ("aws secretsmanager restore-secret") or name another one',
    denied: `this stack may not read it, or it does not exist: it needs the tag "${SECRET_TAG}" with the value "${stack}" (run "${tag}"), and a key of your own has to allow the roles of the stack kms:Decrypt`,
    noValue: 'it has no current value; store the certificate in it',
    notDecrypted: 'its key does not decrypt it; enable the key, and allow the roles of the stack kms:Decrypt',
  };
  return secretProblem(arn, sentences[why]);
}

/** Of a secret of another tenant it says no more than of one of no tenant. */
export function secretOfNoTenant(
  arn: string,
  tags: Readonly<Record<string, string>>,
  tenant: string,
): FieldError | undefined {
  if (tags[TENANT_TAG] === tenant) return undefined;
  return secretProblem(
    arn,
    `it has no tag "${TENANT_TAG}" with the value "${tenant}"; if it is this tenant's, tag it so`,
  );
}

export const secretProblem = (arn: string, why: string): FieldError => ({
  pointer: '#/certificate/imported/secret',
  detail: `Cannot import the certificate of the secret "${arn}": ${why}`,
});
