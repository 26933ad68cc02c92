import { AwsError } from '../../wire/service.ts';

/** A value that is well-formed but means nothing Lambda can do. */
export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message, { Type: 'User' });
