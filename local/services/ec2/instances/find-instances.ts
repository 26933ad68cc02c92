import type { Call, Judged } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { checkId, notFound } from '../ids.ts';
import { existing } from '../permissions.ts';
import type { Region } from '../region.ts';
import type { Instance } from './instance.ts';

/** The instances of those ids. One error names all that don't exist. */
export function findInstances({ instances }: Region, ids: string[] | undefined): Instance[] {
  for (const id of ids?.length ? ids : [undefined]) checkId('instance', id);
  const unique = [...new Set(ids)];
  const missing = unique.filter((id) => !instances.has(id));
  if (missing.length > 0) throw notFound('instance', ...missing);
  return unique.flatMap((id) => instances.get(id) ?? []);
}

/** What a policy must allow for an operation on instances. */
export const onInstances = (ec2: Ec2) => ({
  resources: ({ InstanceIds = [] }: { InstanceIds?: string[] | undefined }, call: Call): Judged[] =>
    InstanceIds.map((id) => existing(ec2, call, { type: 'instance', id })),
});
