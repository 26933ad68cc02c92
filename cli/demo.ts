import { setTimeout as wait } from 'node:timers/promises';
import { edgeOf } from '../domain/edges/edge.ts';
import { Api, type SiteView } from './api.ts';
import { asTyped } from './as-typed.ts';
import { type Booted, boot } from './boot.ts';
import { bootOptions, forScripts, program, tell } from './command.ts';
import { figures } from './figures.ts';
import { seconds } from './live-lines.ts';
import { LiveSteps } from './live-steps.ts';
import { lowerBound } from './lower-bound.ts';
import { showOutage, whyNoOutage } from './outage.ts';
import { paint } from './paint.ts';
import { prove, showHowToRepeat } from './proof.ts';
import { sayJson } from './session.ts';
import { INSTANCE, siteDocument, takingSite } from './site-file.ts';
import { stopped, stopRequests } from './stop.ts';

/** How often the steps are looked at: often enough to see each come, seldom enough not to slow them. */
const LOOK_EVERY_MS = 150;

const command = takingSite(
  forScripts(
    program('demo', 'Takes a name from nothing to verified HTTPS on the local AWS'),
    'what was measured once all is verified, and ends as with --exit; what happens goes to stderr',
  ),
  "the site to onboard instead of the demo's own",
)
  .option('--exit', 'end when all is verified, with 0 only if it was')
  .parse();
const { exit, json, ...options } = bootOptions<{ exit?: true; json?: true }>(command);

/** For a person: a script that asks for JSON reads the standard output alone. */
const out = json ? process.stderr : process.stdout;

/** Whether the local AWS stays up for trying: without a terminal nobody would end it. */
const stays = !exit && !json && process.stdout.isTTY;
const say = (text: string): void => void out.write(`${text}\n`);

/** Declares the site, shows every step as it happens, and proves the outcome. Says whether everything verified. */
async function onboard(booted: Booted, document: string, stop: AbortSignal): Promise<boolean> {
  const { aws, addresses, world } = booted;
  const api = new Api(addresses.api);
  const wallStart = performance.now();
  const drawnBefore = aws.draws.drawn.length;
  say(paint('bold', 'POST /v1/sites'));
  const location = await api.declare(document.replaceAll(INSTANCE, world.instanceId));
  say(`202 Accepted, Location: ${location}\n`);
  const site = await watch(booted, location, stop);
  if (site.state !== 'live') {
    const what = `${site.domain} ${site.state === 'failed' ? 'failed' : `is ${site.state}`}`;
    say(`\n${paint('red', what)}${site.reason ? ` at ${site.reason.step}: ${site.reason.message}` : ''}`);
    if (json) sayJson({ domain: site.domain, verified: false, state: site.state, reason: site.reason });
    return false;
  }
  const onboarded = {
    onboardingSeconds: (Date.parse(site.liveAt ?? '') - Date.parse(site.createdAt)) / 1000,
    scheme: edgeOf(site.site).scheme,
    boundSeconds: lowerBound(aws.draws.drawn.slice(drawnBefore)),
  };
  const isVerified = await prove(site, { ...booted, stop, out });
  const obstacle = whyNoOutage(site.site, world);
  const outage = obstacle === undefined ? await showOutage(site, { ...booted, stop, out }) : undefined;
  if (obstacle !== undefined) say(`\nNo outage is shown: ${obstacle}`);
  const wallSeconds = (performance.now() - wallStart) / 1000;
  say(`\n${figures({ ...onboarded, ...(outage && { outage }), wallSeconds })}`);
  if (stays) showHowToRepeat(site, booted, say);
  const verified = isVerified && (obstacle !== undefined || outage !== undefined);
  if (json) sayJson({ domain: site.domain, verified, ...onboarded, ...(outage && { outage }), wallSeconds });
  return verified;
}

/** Watches the site until it is live or has failed. */
async function watch({ aws, addresses }: Booted, location: string, stop: AbortSignal): Promise<SiteView> {
  const api = new Api(addresses.api);
  const live = new LiveSteps(out);
  try {
    for (;;) {
      const view = await api.site(location);
      live.update(view);
      // The last step writes the state before its own end.
      const isOver = view.steps.every(({ endedAt }) => endedAt) || aws.states.running().length === 0;
      if (view.state !== 'pending' && isOver) return view;
      await wait(LOOK_EVERY_MS, undefined, { signal: stop });
    }
  } finally {
    live.end();
  }
}

await tell(async () => {
  const stop = stopRequests();
  const document = await siteDocument(command);
  const bootedAt = performance.now();
  say('Booting the local AWS from the synthesized template …');
  const booted = await boot(options, stop);
  try {
    say(
      `Ready in ${seconds((performance.now() - bootedAt) / 1000)}; AWS time runs ${options.speed} times as fast while everything waits, seed ${options.seed}\n`,
    );
    const verified = await onboard(booted, document, stop);
    if (!verified) process.exitCode = 1;
    if (!stays) return say(`\n${paint('bold', 'Next:')} ${asTyped('local')}`);
    say(`\n${paint('bold', 'It stays up for trying.')} Ctrl-C stops it and leaves nothing behind.`);
    await stopped(stop);
  } finally {
    await booted.close();
  }
});
