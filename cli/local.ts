import { shellWord } from '../domain/shell-word.ts';
import { asTyped } from './as-typed.ts';
import { type Booted, boot } from './boot.ts';
import { bootOptions, forScripts, program, tell } from './command.ts';
import { announce } from './running.ts';
import { stopped, stopRequests } from './stop.ts';
import type { World } from './world.ts';

const { json, ...options } = bootOptions<{ json?: true }>(
  forScripts(
    program('local', 'Boots the local AWS with Nameplate in it, and a small world to try it on'),
    'where everything listens as one line of JSON',
  ).parse(),
);

await tell(async () => {
  const stop = stopRequests();
  if (!json) console.log('Booting the local AWS from the synthesized template …');
  const { addresses, world, close } = await boot(options, stop);
  const conceal = announce(addresses);
  try {
    console.log(json ? JSON.stringify(addresses) : whereThingsAre(addresses, world));
    await stopped(stop);
  } finally {
    conceal();
    await close();
  }
});

function whereThingsAre({ api, aws, dns, proxy, ca, speed }: Booted['addresses'], { instanceId }: World): string {
  const [dnsHost, dnsPort] = dns.split(':');
  const site = JSON.stringify({ domain: 'shop.example.test', origin: { instance: { id: instanceId } } });
  return `
  Nameplate's API   ${api}/v1/sites
  AWS               ${aws}
  DNS               ${dns}
  proxy             ${proxy}, the way into the small internet
  CA                ${ca}
  AWS time          ${speed} times as fast while everything waits

  An instance serves a page: ${instanceId}

  Give it a name, by the API alone:

  curl ${api}/v1/sites -d '${site}'
  curl ${api}/v1/sites/shop.example.test

  Then look at it, as a viewer and as the account's owner:

  curl -x ${proxy} --cacert ${shellWord(ca)} https://shop.example.test/
  dig @${dnsHost} -p ${dnsPort} shop.example.test
  ${asTyped('doctor shop.example.test')}
  aws --endpoint-url ${aws} --region us-east-1 --no-sign-request route53 list-hosted-zones

  Ctrl-C stops it and leaves nothing behind. In another terminal here:

Next: ${asTyped(`init site.json --domain shop.example.test --instance ${instanceId}`)}`;
}
