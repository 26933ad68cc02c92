import { invalidArgument } from './errors.ts';

/** No bucket keeps versions: its objects have the id "null", and any other is none that S3 has given. */
export function checkVersion(id: string | undefined): void {
  if (id !== undefined && id !== 'null') throw invalidArgument('Invalid version id specified', 'versionId', id);
}
