import { stops } from '../domain/plans/stops.ts';
import { Api } from './api.ts';
import { boot } from './boot.ts';
import { bootOptions, forScripts, program, tell } from './command.ts';
import { planText } from './plan-text.ts';
import { INSTANCE, siteArguments, siteDocument, takingSite } from './site-file.ts';
import { stopRequests } from './stop.ts';

const command = takingSite(
  forScripts(
    program('plan', 'Says what onboarding a site would do on the local AWS, and makes nothing'),
    'the plan as the API gives it',
  ),
  "the site to plan instead of the demo's own",
).parse();
const { json, ...options } = bootOptions<{ json?: true }>(command);

await tell(async () => {
  const stop = stopRequests();
  const document = await siteDocument(command);
  if (!json) console.log('Booting the local AWS from the synthesized template …\n');
  const { addresses, world, close } = await boot(options, stop);
  try {
    const plan = await new Api(addresses.api).plan(document.replaceAll(INSTANCE, world.instanceId));
    const again = siteArguments(command);
    const next = stops(plan) ? `mend what is in the way, then npm run plan${again}` : `npm run demo${again}`;
    console.log(json ? JSON.stringify(plan, null, 2) : planText(plan, next));
    if (stops(plan)) process.exitCode = 1;
  } finally {
    await close();
  }
});
