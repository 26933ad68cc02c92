import { boot } from './boot.ts';
import { bootOptions, program, stoppable, tell } from './command.ts';

const { json, ...options } = bootOptions<{ json?: true }>(
  program('local', 'Boots the local AWS with Nameplate in it, and a small world to try it on')
    .option('--json', 'print where everything listens as one line of JSON, for scripts')
    .parse(),
);

await tell(async () => {
  if (!json) console.log('Booting the local AWS from the synthesized template …');
  const { addresses, world, close } = await boot(options);
  const stopped = stoppable(close);
  if (json) console.log(JSON.stringify(addresses));
  else {
    const { api, aws, dns, proxy, ca, speed } = addresses;
    const [dnsHost, dnsPort] = dns.split(':');
    console.log(`
  Nameplate's API   ${api}/v1/sites
  AWS               ${aws}          aws --endpoint-url ${aws} route53 list-hosted-zones
  DNS               ${dns}                 dig @${dnsHost} -p ${dnsPort} example.test NS
  the small internet's way in
                    ${proxy}          curl -x ${proxy} --cacert ${ca} …
  AWS time          ${speed} times as fast while everything waits

  The instance ${world.instanceId} serves a page. Give it a name:

  curl -s ${api}/v1/sites -d '${JSON.stringify({ domain: 'shop.example.test', origin: { instance: { id: world.instanceId } } })}'
  curl -s ${api}/v1/sites/shop.example.test

  Ctrl-C stops it and leaves nothing behind.`);
  }
  await stopped;
});
