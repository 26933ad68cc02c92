import * as z from 'zod/mini';
import { awsId } from '../sites/aws-id.ts';

/** Source: CreateTargetGroup, `HealthCheckPath`, checked 2026-11-22. */
const MAX_HEALTH_PATH_CHARACTERS = 1_024;

const port = z
  .int()
  .check(z.minimum(1), z.maximum(65_535), z.describe('The port its web server listens on, plain HTTP'));

const healthPath = z.string().check(
  z.maxLength(MAX_HEALTH_PATH_CHARACTERS),
  z.regex(/^\/[!"$-~]*$/, {
    error: 'Must be a path that begins with "/", in visible ASCII characters, without "#"',
  }),
  z.describe('The path that answers 200 when it is well'),
);

const instance = z.strictObject({
  id: awsId('i', 'an EC2 instance').check(z.describe('The EC2 instance that produces the pages')),
  port: z._default(port, 80),
  healthPath: z._default(healthPath, '/'),
});

/** An origin as a user declares it. */
export const declaredOrigin = z.strictObject({ instance }).check(z.describe('What produces the pages'));
