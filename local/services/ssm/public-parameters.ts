import { imagesOf } from '../ec2/images/image.ts';
import type { StoredParameter } from './parameter-store.ts';

/** What AWS itself publishes begins with this: no account has it, and its ARN names none. */
export const PUBLIC = '/aws/service/';

/** Ms since 1970: when the images were published. */
const PUBLISHED_AT = Date.parse('2026-11-09T00:00:00Z');

/** A parameter that AWS publishes in a region; undefined of any other. */
export function publicParameter(region: string, name: string): StoredParameter | undefined {
  return publicParameters(region).find((parameter) => parameter.name === name);
}

/** Those that AWS publishes in a region: the newest images of Amazon Linux 2023. */
export const publicParameters = (region: string): StoredParameter[] =>
  imagesOf(region).flatMap(({ parameter, imageId }) => (parameter === undefined ? [] : published(parameter, imageId)));

function published(name: string, value: string): StoredParameter {
  const version = {
    version: 1,
    value,
    description: undefined,
    allowedPattern: undefined,
    modifiedAt: PUBLISHED_AT,
    modifiedBy: 'arn:aws:iam::137112412989:root',
  };
  return { name, type: 'String', versions: [version], tags: new Map() };
}
