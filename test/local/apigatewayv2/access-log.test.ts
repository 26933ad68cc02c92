import { expect, test } from '@jest/globals';
import { accessLine, accessLogOf } from '../../../local/services/apigatewayv2/access-log.ts';

const DestinationArn = 'arn:aws:logs:us-east-1:123456789012:log-group:/access';
const Format = '{"id":"$context.requestId","caller":"$context.identity.userArn"}';

test('an access log says "-" for what is not known of a request', () => {
  const log = accessLogOf({ DestinationArn, Format });
  expect(log && accessLine(log, { requestId: 'a' })).toBe('{"id":"a","caller":"-"}');
});

test.each([
  ['a destination that is no log group', { DestinationArn: 'arn:aws:s3:::logs', Format }],
  ['a format of several lines', { DestinationArn, Format: `${Format}\n` }],
  ['a format without the id of the request', { DestinationArn, Format: '$context.status' }],
])('an access log is refused for %s', (_, settings) => {
  expect(() => accessLogOf(settings)).toThrow(expect.objectContaining({ code: 'BadRequestException' }));
});
