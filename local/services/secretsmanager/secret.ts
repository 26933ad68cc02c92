/** A value that a secret has had. */
export interface SecretVersion {
  id: string;
  value: { SecretString?: string; SecretBinary?: Uint8Array };
  /** "AWSCURRENT", "AWSPREVIOUS" and labels of one's own; none: it is deprecated. */
  stages: Set<string>;
  createdAt: Date;
  accessedAt?: Date;
}

export interface Secret {
  arn: string;
  name: string;
  description?: string;
  /** Of a key that the caller chose; absent: the account's own "aws/secretsmanager", which asks for no permission. */
  kmsKeyId?: string;
  /** Oldest first. */
  versions: SecretVersion[];
  tags: Map<string, string>;
  createdAt: Date;
  changedAt: Date;
  accessedAt?: Date;
  /** Scheduled for deletion: when it was asked, and until when it can be restored. */
  deleted?: { at: Date; until: Date };
}

export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';

/** Gives labels to a version, and takes them from those that had them. What was current becomes previous. */
export function stage(secret: Secret, version: SecretVersion, labels: readonly string[]): void {
  for (const label of labels) {
    const before = secret.versions.find(({ stages }) => stages.has(label));
    if (before === version) continue;
    before?.stages.delete(label);
    version.stages.add(label);
    if (label !== CURRENT || !before) continue;
    for (const { stages } of secret.versions) stages.delete(PREVIOUS);
    before.stages.add(PREVIOUS);
  }
}
