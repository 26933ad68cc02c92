import { AwsError } from '../../wire/service.ts';

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message, { status: 400 });
export const conflict = (message: string): AwsError => new AwsError('ConflictException', message, { status: 409 });
export const notFound = (message: string): AwsError =>
  new AwsError('ResourceNotFoundException', message, { status: 404 });
export const quotaExceeded = (message: string): AwsError =>
  new AwsError('ServiceQuotaExceededException', message, { status: 402 });
