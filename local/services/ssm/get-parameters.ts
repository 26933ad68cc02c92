import type {
  GetParameterRequest,
  GetParameterResult,
  GetParametersRequest,
  GetParametersResult,
  Parameter,
} from '@aws-sdk/client-ssm';
import type { Call, Operation } from '../../wire/service.ts';
import { invalid, onNames, parameterArn, readName, wellFormedName } from './parameter-name.ts';
import { type ParameterStore, versionOf } from './parameter-store.ts';

/** Source: GetParameters, `Names`, checked 2026-11-22. */
const MOST_NAMES = 10;

/** GetParameter: by name or ARN, the newest version or the one after a colon. */
export const getParameter = (store: ParameterStore): Operation<GetParameterRequest, GetParameterResult> => ({
  resources: ({ Name }, call) => onNames([Name], call),
  run: ({ Name }, call) => ({ Parameter: read(store, Name, call) }),
});

/** GetParameters: those that are there, and the names of those that aren't. */
export const getParameters = (store: ParameterStore): Operation<GetParametersRequest, GetParametersResult> => ({
  resources: ({ Names }, call) => onNames(Names ?? [], call),
  run({ Names = [] }, call) {
    if (Names.length < 1 || Names.length > MOST_NAMES) throw invalid(`Names must have 1 to ${MOST_NAMES} members`);
    const known = (name: string): boolean => {
      const { name: plain, version } = readName(name);
      const found = store.find(call.region, plain);
      return found !== undefined && (version === undefined || found.versions.some((each) => each.version === version));
    };
    const names = [...new Set(Names)];
    return {
      Parameters: names.filter(known).map((name) => read(store, name, call)),
      InvalidParameters: names.filter((name) => !known(name)),
    };
  },
});

function read(store: ParameterStore, given: string | undefined, call: Call): Parameter {
  const { name, version } = wellFormedName(given);
  const parameter = store.get(call.region, name);
  const { version: Version, value, modifiedAt } = versionOf(parameter, version);
  return {
    Name: name,
    Type: parameter.type,
    Value: value,
    Version,
    ...(version !== undefined && { Selector: `:${version}` }),
    LastModifiedDate: new Date(modifiedAt),
    ARN: parameterArn(call, name),
    DataType: 'text',
  };
}
