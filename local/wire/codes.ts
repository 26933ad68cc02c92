import type { Model } from './model.ts';
import { AwsError, type Protocol, type Service } from './service.ts';
import type { Problem } from './validate.ts';

/** The error for members that are missing or of the wrong type, in the words of the service's protocol. */
export function invalidInput(service: Service, model: Model, problems: Problem[]): AwsError {
  const wrong = problems.find(({ kind }) => kind === 'type');
  const json = service.protocol.startsWith('awsJson') || service.protocol === 'restJson1';
  if (service.protocol === 'ec2Query') {
    const [problem] = problems;
    const name = capitalized(problem?.path ?? '');
    return wrong
      ? new AwsError('InvalidParameterValue', `Invalid value for parameter ${name}`)
      : new AwsError('MissingParameter', `The request must contain the parameter ${name}`);
  }
  if (wrong && json) {
    return new AwsError('SerializationException', `Value at '${wrong.path}' can not be converted to a ${wrong.wanted}`);
  }
  const details = problems.map(({ path, kind, wanted, value }) => {
    if (kind === 'constraint') {
      return `Value ${value === undefined ? '' : `'${value}' `}at '${path}' failed to satisfy constraint: ${wanted}`;
    }
    return kind === 'missing'
      ? `Value null at '${path}' failed to satisfy constraint: Member must not be null`
      : `Value at '${path}' failed to satisfy constraint: Member must be a ${wanted}`;
  });
  const count = `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected`;
  return new AwsError(service.invalid ?? validationCode(service.protocol, model), `${count}: ${details.join('; ')}`);
}

/** The error for a request that cannot be read at all. */
export function unreadable(service: Service, reason: string): AwsError {
  const codes: Record<Protocol, string> = {
    awsJson1_0: 'SerializationException',
    awsJson1_1: 'SerializationException',
    restJson1: 'SerializationException',
    restXml: service.name === 'cloudfront' ? 'MalformedInput' : 'InvalidInput',
    awsQuery: 'MalformedInput',
    ec2Query: 'InvalidParameterValue',
    s3: 'MalformedXML',
  };
  return new AwsError(codes[service.protocol], reason);
}

function validationCode(protocol: Protocol, model: Model): string {
  // Route 53's own code; CloudFront says so, as issue 1973 of aws/aws-sdk-php shows; checked 2026-11-29.
  if (protocol === 'restXml') return model.errors.has('InvalidInput') ? 'InvalidInput' : 'MalformedXML';
  if (protocol === 's3') return 'InvalidArgument';
  if (protocol === 'awsQuery') return 'ValidationError';
  if (!model.errors.has('ValidationException') && model.errors.has('BadRequestException')) return 'BadRequestException';
  return 'ValidationException';
}

/** The error for a caller whose policies don't allow the call. */
export function denied(service: Service, model: Model, message: string): AwsError {
  if (service.protocol === 'ec2Query') {
    return new AwsError('UnauthorizedOperation', `You are not authorized to perform this operation. ${message}`, {
      status: 403,
    });
  }
  if (service.protocol.startsWith('awsJson')) return new AwsError('AccessDeniedException', message, { status: 400 });
  if (service.protocol === 'restJson1') return new AwsError('AccessDeniedException', message, { status: 403 });
  const code = model.errors.has('AuthorizationError') ? 'AuthorizationError' : 'AccessDenied';
  return new AwsError(code, message, { status: 403 });
}

/** The error for a caller that is too fast. */
export function throttled(service: Service): AwsError {
  const codes: Record<Protocol, [code: string, status: number]> = {
    awsJson1_0: ['ThrottlingException', 400],
    awsJson1_1: ['ThrottlingException', 400],
    restJson1: ['TooManyRequestsException', 429],
    restXml: ['Throttling', 400],
    awsQuery: ['Throttling', 400],
    ec2Query: ['RequestLimitExceeded', 503],
    s3: ['SlowDown', 503],
  };
  const [code, status] = codes[service.protocol];
  const messages: Partial<Record<Protocol, string>> = {
    ec2Query: 'Request limit exceeded.',
    s3: 'Please reduce your request rate.',
  };
  const message = messages[service.protocol] ?? 'Rate exceeded';
  return service.rates?.code ? new AwsError(service.rates.code, message) : new AwsError(code, message, { status });
}

const capitalized = (path: string): string =>
  path
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('.');
