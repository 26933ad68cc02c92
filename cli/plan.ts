import { Api } from './api.ts';
import { boot } from './boot.ts';
import { bootOptions, forScripts, program, tell } from './command.ts';
import { planText, stops } from './plan-text.ts';
import { demoSite, INSTANCE, readSiteFile } from './site-file.ts';
import { stopRequests } from './stop.ts';

const command = forScripts(
  program('plan', 'Says what onboarding a site would do on the local AWS, and makes nothing'),
  'the plan as the API gives it',
)
  .argument('[site.json]', `the site to plan instead of the demo's own; "${INSTANCE}" stands for the demo's instance`)
  .parse();
const { json, ...options } = bootOptions<{ json?: true }>(command);
const [file] = command.args;

await tell(async () => {
  const stop = stopRequests();
  const document = file === undefined ? demoSite : await readSiteFile(file);
  if (!json) console.log('Booting the local AWS from the synthesized template …\n');
  const { addresses, world, close } = await boot(options, stop);
  try {
    const plan = await new Api(addresses.api).plan(document.replaceAll(INSTANCE, world.instanceId));
    const again = file === undefined ? '' : ` -- ${file}`;
    const next = stops(plan) ? `mend what is in the way, then npm run plan${again}` : `npm run demo${again}`;
    console.log(json ? JSON.stringify(plan, null, 2) : planText(plan, next));
    if (stops(plan)) process.exitCode = 1;
  } finally {
    await close();
  }
});
