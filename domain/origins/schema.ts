import * as z from 'zod/mini';
import { isIpv4, isIpv6 } from '../addresses.ts';
import { awsId } from '../sites/aws-id.ts';
import { canonical, name } from '../sites/canonical-field.ts';
import { newInstanceFields } from './new-instance-schema.ts';

/** Source: CreateTargetGroup, `HealthCheckPath`, checked 2026-11-22. */
const MAX_HEALTH_PATH_CHARACTERS = 1_024;

const port = z
  .int()
  .check(z.minimum(1), z.maximum(65_535), z.describe('The port its web server listens on, plain HTTP'));

/** A path that a health check asks. */
export const healthPath = z.string().check(
  z.maxLength(MAX_HEALTH_PATH_CHARACTERS),
  z.regex(/^\/[!"$-~]*$/, {
    error: 'Must be a path that begins with "/", in visible ASCII characters, without "#"',
  }),
  z.describe('The path that answers 200 when it is well'),
);

const newInstance = z
  .strictObject({ ...newInstanceFields, port: z._default(port, 80), healthPath: z._default(healthPath, '/') })
  .check(z.describe('An EC2 instance that is created for the site: termination takes its disk along'));

const instance = z
  .strictObject({
    id: awsId('i', 'an EC2 instance').check(z.describe('The EC2 instance that produces the pages')),
    port: z._default(port, 80),
    healthPath: z._default(healthPath, '/'),
  })
  .check(z.describe('An EC2 instance that exists'));

/** Source: Service Authorization Reference, "Elastic Load Balancing V2", resource types; checked 2026-11-29. */
const BALANCER_ARN =
  /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}$/;

const loadBalancer = z.string().check(
  z.regex(BALANCER_ARN, {
    error:
      'Must be the ARN of an application load balancer, such as "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef"',
  }),
  z.describe(
    'An application load balancer that exists, with whatever serves behind it: its listener on port 443 serves the certificate of the site too, and nothing else of it is changed',
  ),
);

/** Source: the same. */
const GROUP_ARN =
  /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}$/;

const hostRule = z
  .strictObject({
    targetGroup: z.string().check(
      z.regex(GROUP_ARN, {
        error:
          'Must be the ARN of a target group, such as "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef"',
      }),
      z.describe('The target group that requests for the names of the site are forwarded to'),
    ),
    priority: z.exactOptional(
      z
        .int()
        .check(
          z.minimum(1),
          z.maximum(50_000),
          z.describe('The priority of the rule; left out, a free one that no other rule for these names comes before'),
        ),
    ),
  })
  .check(
    z.describe(
      'A rule on its listener on port 443 that forwards requests for the names of the site to a target group that exists; left out, its rules stay as they are',
    ),
  );

const address = canonical(
  'Its address: public, or private (IPv4) behind a load balancer whose VPC reaches it',
  (typed) => {
    if (isIpv4(typed)) return { value: typed };
    if (typed.includes(':') && isIpv6(typed)) return { value: new URL(`http://[${typed}]`).hostname.slice(1, -1) };
    return { problem: 'Must be an IPv4 address such as "198.51.100.7", or an IPv6 address such as "2001:db8::7"' };
  },
);

const serverName = name('A name that leads to it, where its address may change');

const listens = {
  port: z._default(
    z
      .int()
      .check(
        z.minimum(1),
        z.maximum(65_535),
        z.describe(
          'The port its web server listens on: HTTPS on 443, plain HTTP on any other; behind CloudFront HTTPS, on 443 or 1024 to 65535',
        ),
      ),
    443,
  ),
  healthPath: z._default(healthPath, '/'),
};

const server = z
  .union([z.strictObject({ address, ...listens }), z.strictObject({ name: serverName, ...listens })])
  .check(
    z.describe('A machine on another cloud, at home or in a network that a VPC reaches, with a web server of its own'),
  );

/** An origin as a user declares it. */
export const declaredOrigin = z
  .union([
    z.strictObject({ instance }),
    z.strictObject({ newInstance }),
    z.strictObject({ loadBalancer, healthPath: z._default(healthPath, '/'), hostRule: z.exactOptional(hostRule) }),
    z.strictObject({ server }),
  ])
  .check(z.describe('What produces the pages'));
