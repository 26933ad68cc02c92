import { AwsError } from '../../wire/service.ts';

export const noSuchHostedZone = (id: string): AwsError =>
  new AwsError('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, { status: 404 });

export const invalidInput = (message: string): AwsError => new AwsError('InvalidInput', message, { status: 400 });

/** One error a change of the batch, in one message, as Route 53 lists them. */
export const invalidChangeBatch = (messages: string[]): AwsError =>
  new AwsError('InvalidChangeBatch', `[${messages.join(', ')}]`, { status: 400 });

export const priorRequestNotComplete = (): AwsError =>
  new AwsError(
    'PriorRequestNotComplete',
    'The request was rejected because Route 53 was still processing a prior request.',
    { status: 400 },
  );

/** The code every Route 53 throttle has; the wire uses it for the calls, this one is for the changes. */
export const rateExceeded = (): AwsError => new AwsError('Throttling', 'Rate exceeded', { status: 400 });
