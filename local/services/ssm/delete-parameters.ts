import type { DeleteParameterRequest, DeleteParametersRequest, DeleteParametersResult } from '@aws-sdk/client-ssm';
import { AwsError, type Operation } from '../../wire/service.ts';
import { onNames, wellFormedName } from './parameter-name.ts';
import type { ParameterStore } from './parameter-store.ts';

/** DeleteParameter: with all its versions. */
export const deleteParameter = (store: ParameterStore): Operation<DeleteParameterRequest, object> => ({
  resources: ({ Name }, call) => onNames([Name], call),
  run({ Name = '' }, { region }) {
    const { name } = wellFormedName(Name);
    if (!store.of(region).delete(name)) throw new AwsError('ParameterNotFound', '');
    return {};
  },
});

/** DeleteParameters: those that are there, and the names of those that aren't. */
export const deleteParameters = (
  store: ParameterStore,
): Operation<DeleteParametersRequest, DeleteParametersResult> => ({
  resources: ({ Names }, call) => onNames(Names ?? [], call),
  run({ Names = [] }, { region }) {
    const gone = [...new Set(Names)].filter((name) => store.of(region).delete(name));
    return { DeletedParameters: gone, InvalidParameters: Names.filter((name) => !gone.includes(name)) };
  },
});
