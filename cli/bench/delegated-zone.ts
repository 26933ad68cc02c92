import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import type { LocalAws } from '../../local/local-aws.ts';

/** The site that is measured. */
export const DOMAIN = 'shop.bench.test';

/** Makes the zone above the site's name, and lets the person at the registrar be done, the instance come up and the zone answer. */
export async function makeDelegatedZone(aws: LocalAws): Promise<void> {
  const route53 = new Route53Client({
    endpoint: aws.url,
    region: aws.region,
    credentials: { accessKeyId: 'you', secretAccessKey: 'you' },
  });
  await route53.send(new CreateHostedZoneCommand({ Name: 'bench.test', CallerReference: 'bench' }));
  route53.destroy();
  await aws.clock.advance(5 * 60_000);
}
