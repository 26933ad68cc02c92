import type {
  GetParameterRequest,
  GetParameterResult,
  GetParametersByPathRequest,
  GetParametersByPathResult,
  GetParametersRequest,
  GetParametersResult,
  Parameter,
} from '@aws-sdk/client-ssm';
import type { Call, Operation } from '../../wire/service.ts';
import { pageOf } from './page.ts';
import { passes } from './parameter-filters.ts';
import { invalid, onNames, parameterArn, readName, wellFormedName } from './parameter-name.ts';
import { type ParameterStore, type StoredParameter, versionOf } from './parameter-store.ts';
import { PUBLIC, publicParameters } from './public-parameters.ts';

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

/** Source: GetParametersByPath, `MaxResults`, checked 2026-11-30. */
const PER_PATH = 10;

/** GetParametersByPath: the newest versions of those directly below a path, or with Recursive of all below it. */
export const getParametersByPath = (
  store: ParameterStore,
): Operation<GetParametersByPathRequest, GetParametersByPathResult> => ({
  resources: ({ Path = '' }, call) => [parameterArn(call, Path.replace(/(?<=.)\/$/, ''))],
  run({ Path = '', Recursive = false, ParameterFilters = [], MaxResults = PER_PATH, NextToken }, call) {
    checkPath(Path);
    const below = Path.endsWith('/') ? Path : `${Path}/`;
    const all = below.startsWith(PUBLIC) ? publicParameters(call.region) : [...store.of(call.region).values()];
    const found = all
      .filter(({ name }) => name.startsWith(below) && (Recursive || !name.slice(below.length).includes('/')))
      .filter((parameter) => ParameterFilters.every((filter) => passes(parameter, filter)))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    const { items, ...next } = pageOf(found, { NextToken, size: MaxResults });
    return { Parameters: items.map((parameter) => shown(parameter, parameter.name, undefined, call)), ...next };
  },
});

/** The words: public reports of this refusal; checked 2026-11-30. */
function checkPath(path: string): void {
  if (/^(\/[\w.-]+)*\/?$/.test(path) && path.startsWith('/')) return;
  throw invalid(
    'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with \\"aws\\" or \\"ssm\\" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
  );
}

function read(store: ParameterStore, given: string | undefined, call: Call): Parameter {
  const { name, version } = wellFormedName(given);
  return shown(store.get(call.region, name), name, version, call);
}

function shown(parameter: StoredParameter, name: string, version: number | undefined, call: Call): Parameter {
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
