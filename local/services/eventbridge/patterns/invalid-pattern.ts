import { AwsError } from '../../../wire/service.ts';

/** What PutRule and TestEventPattern answer to a pattern they can't use. */
export const invalidPattern = (reason: string): AwsError =>
  new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
