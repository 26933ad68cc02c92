import type { ParameterType } from '@aws-sdk/client-ssm';
import { AwsError } from '../../wire/service.ts';
import { publicParameter } from './public-parameters.ts';

/** How far back values are kept. Source: Systems Manager User Guide, "Working with parameter versions"; checked 2026-11-22. */
const MOST_VERSIONS = 100;

/** What a parameter was set to, once. */
export interface Version {
  version: number;
  value: string;
  description: string | undefined;
  allowedPattern: string | undefined;
  /** Ms since 1970 of AWS time. */
  modifiedAt: number;
  modifiedBy: string;
}

export interface StoredParameter {
  name: string;
  type: Exclude<ParameterType, 'SecureString'>;
  /** Oldest first; never empty. */
  versions: Version[];
  tags: Map<string, string>;
}

/** The parameters of the account, by region and name. */
export class ParameterStore {
  readonly #regions = new Map<string, Map<string, StoredParameter>>();

  of(region: string): Map<string, StoredParameter> {
    const standing = this.#regions.get(region) ?? new Map<string, StoredParameter>();
    this.#regions.set(region, standing);
    return standing;
  }

  find(region: string, name: string): StoredParameter | undefined {
    return publicParameter(region, name) ?? this.of(region).get(name);
  }

  /** Throws ParameterNotFound, whose message AWS leaves empty. */
  get(region: string, name: string): StoredParameter {
    const found = this.find(region, name);
    if (!found) throw new AwsError('ParameterNotFound', '');
    return found;
  }
}

/** The newest version, or one that is asked for by number. */
export function versionOf({ name, versions }: StoredParameter, version?: number): Version {
  const found = version === undefined ? versions.at(-1) : versions.find((each) => each.version === version);
  if (found) return found;
  const message = `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`;
  throw new AwsError('ParameterVersionNotFound', message);
}

/** Sets a parameter anew; what is older than the hundredth version is forgotten. */
export function addVersion({ versions }: StoredParameter, next: Omit<Version, 'version'>): number {
  const version = (versions.at(-1)?.version ?? 0) + 1;
  versions.push({ ...next, version });
  if (versions.length > MOST_VERSIONS) versions.shift();
  return version;
}
