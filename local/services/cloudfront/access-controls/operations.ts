import type {
  CreateOriginAccessControlRequest,
  CreateOriginAccessControlResult,
  DeleteOriginAccessControlRequest,
  GetOriginAccessControlConfigRequest,
  GetOriginAccessControlConfigResult,
  GetOriginAccessControlRequest,
  GetOriginAccessControlResult,
  ListOriginAccessControlsRequest,
  ListOriginAccessControlsResult,
  OriginAccessControlConfig,
  UpdateOriginAccessControlRequest,
  UpdateOriginAccessControlResult,
} from '@aws-sdk/client-cloudfront';
import { AwsError, type Call, type Operation } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import { invalidArgument, invalidIfMatch, notHere, preconditionFailed } from '../errors.ts';
import { newEtag, newId } from '../ids.ts';
import { page } from '../page.ts';
import { ORIGIN_ACCESS_CONTROLS } from '../quotas.ts';
import { type AccessControl, usersOf } from './access-control.ts';

const onAccessControl = {
  resources: ({ Id = '*' }: { Id?: string | undefined }, { account }: Call): string[] => [
    `arn:aws:cloudfront::${account}:origin-access-control/${Id}`,
  ],
};

export const createOriginAccessControl = (
  cloudFront: CloudFront,
): Operation<CreateOriginAccessControlRequest, CreateOriginAccessControlResult> => ({
  run({ OriginAccessControlConfig: config = given() }) {
    const { accessControls, draws } = cloudFront;
    checkConfig(config);
    checkName(cloudFront, config);
    if (accessControls.size >= ORIGIN_ACCESS_CONTROLS) {
      throw new AwsError(
        'TooManyOriginAccessControls',
        'Processing your request would cause you to exceed the maximum number of origin access controls allowed.',
      );
    }
    const made = { id: newId(draws), etag: newEtag(draws), config: complete(config) };
    accessControls.set(made.id, made);
    return { ...shown(made), Location: `https://cloudfront.amazonaws.com/2020-05-31/origin-access-control/${made.id}` };
  },
});

export const getOriginAccessControl = (
  cloudFront: CloudFront,
): Operation<GetOriginAccessControlRequest, GetOriginAccessControlResult> => ({
  ...onAccessControl,
  run: ({ Id }) => shown(find(cloudFront, Id)),
});

export const getOriginAccessControlConfig = (
  cloudFront: CloudFront,
): Operation<GetOriginAccessControlConfigRequest, GetOriginAccessControlConfigResult> => ({
  ...onAccessControl,
  run({ Id }) {
    const { config, etag } = find(cloudFront, Id);
    return { OriginAccessControlConfig: config, ETag: etag };
  },
});

export const updateOriginAccessControl = (
  cloudFront: CloudFront,
): Operation<UpdateOriginAccessControlRequest, UpdateOriginAccessControlResult> => ({
  ...onAccessControl,
  run({ Id, IfMatch, OriginAccessControlConfig: config = given() }) {
    const control = find(cloudFront, Id);
    checkIfMatch(control, IfMatch);
    checkConfig(config);
    checkName(cloudFront, config, control);
    Object.assign(control, { config: complete(config), etag: newEtag(cloudFront.draws) });
    return shown(control);
  },
});

export const deleteOriginAccessControl = (
  cloudFront: CloudFront,
): Operation<DeleteOriginAccessControlRequest, Record<string, never>> => ({
  ...onAccessControl,
  run({ Id, IfMatch }) {
    const control = find(cloudFront, Id);
    checkIfMatch(control, IfMatch);
    if (usersOf(cloudFront, control.id).length > 0) {
      throw new AwsError(
        'OriginAccessControlInUse',
        "Cannot delete the origin access control because it's in use by one or more distributions.",
      );
    }
    cloudFront.accessControls.delete(control.id);
    return {};
  },
});

export const listOriginAccessControls = (
  cloudFront: CloudFront,
): Operation<ListOriginAccessControlsRequest, ListOriginAccessControlsResult> => ({
  run({ Marker, MaxItems }) {
    const all = [...cloudFront.accessControls.values()];
    const { items, size, next } = page(all, { Marker, MaxItems, idOf: ({ id }) => id });
    return {
      OriginAccessControlList: {
        Marker: Marker ?? '',
        MaxItems: size,
        IsTruncated: next !== undefined,
        Quantity: items.length,
        ...(next !== undefined && { NextMarker: next }),
        Items: items.map(({ id, config }) => ({ Id: id, ...asListed(config) })),
      },
    };
  },
});

/** The schema lets it be absent; the operation does not. */
function given(): never {
  throw invalidArgument('The parameter OriginAccessControlConfig is required.');
}

const shown = ({ id, etag, config }: AccessControl): GetOriginAccessControlResult => ({
  OriginAccessControl: { Id: id, OriginAccessControlConfig: config },
  ETag: etag,
});

const complete = (config: OriginAccessControlConfig): OriginAccessControlConfig => ({
  ...config,
  Description: config.Description ?? '',
});

const asListed = ({
  Name,
  Description,
  SigningProtocol,
  SigningBehavior,
  OriginAccessControlOriginType,
}: OriginAccessControlConfig) => ({
  Name,
  Description: Description ?? '',
  SigningProtocol,
  SigningBehavior,
  OriginAccessControlOriginType,
});

function find({ accessControls }: CloudFront, id: string | undefined): AccessControl {
  const found = accessControls.get(id ?? '');
  if (!found) throw new AwsError('NoSuchOriginAccessControl', 'The specified origin access control does not exist.');
  return found;
}

function checkIfMatch({ etag }: AccessControl, given: string | undefined): void {
  if (!given) throw invalidIfMatch();
  if (given !== etag) throw preconditionFailed();
}

/** Source: CloudFront API Reference, `OriginAccessControlConfig`; checked 2026-11-30. */
function checkConfig({ Name = '', Description = '', ...config }: OriginAccessControlConfig): void {
  if (Name.length < 1 || Name.length > 64) throw invalidArgument('The parameter Name must have 1 to 64 characters.');
  if (Description.length > 256) throw invalidArgument('The parameter Description must have 256 characters or fewer.');
  oneOf(config.SigningProtocol, ['sigv4'], 'SigningProtocol');
  oneOf(config.SigningBehavior, ['never', 'always', 'no-override'], 'SigningBehavior');
  oneOf(
    config.OriginAccessControlOriginType,
    ['s3', 'mediastore', 'mediapackagev2', 'lambda'],
    'OriginAccessControlOriginType',
  );
  if (config.OriginAccessControlOriginType !== 's3') {
    throw notHere(`The OriginAccessControlOriginType ${config.OriginAccessControlOriginType}`);
  }
}

function oneOf(value: string | undefined, known: readonly string[], name: string): void {
  if (value === undefined || !known.includes(value)) throw invalidArgument(`The parameter ${name} is not valid.`);
}

function checkName({ accessControls }: CloudFront, { Name }: OriginAccessControlConfig, own?: AccessControl): void {
  if (![...accessControls.values()].some((one) => one !== own && one.config.Name === Name)) return;
  throw new AwsError(
    'OriginAccessControlAlreadyExists',
    'An origin access control with the specified parameters already exists.',
  );
}
