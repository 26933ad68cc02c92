import { frontEnd } from '../console/front-end.ts';
import { openBrowser } from '../console/open-browser.ts';
import { serveConsole } from '../console/server.ts';
import { paint } from '../paint.ts';
import { type ApiOptions, openSession } from '../session.ts';
import { stopped, stopRequests } from '../stop.ts';

interface ConsoleOptions extends ApiOptions {
  port?: number;
  /** Whether the browser is opened where a person is at a terminal. */
  open: boolean;
}

/** Serves the console on this machine until it is asked to stop. */
export async function serve({ port, open, ...options }: ConsoleOptions): Promise<never> {
  const files = frontEnd();
  const stop = stopRequests();
  const { target, json, say } = await openSession(options);
  const { tenant } = options;
  const { where, isLocal } = target;
  const { access, close } = await serveConsole({
    files,
    target,
    tenant,
    where: { where, isLocal, ...(tenant !== undefined && { tenant }) },
    ...(port !== undefined && { port }),
  });
  try {
    const url = access.link();
    if (json) console.log(JSON.stringify({ url }));
    say(`The console of ${where}. The link is a key to it for as long as this runs:`);
    say(`\n  ${url}`);
    say(`\n${paint('bold', 'Next:')} open it; Ctrl-C ends the console, and nothing that runs on AWS`);
    if (open && !json && process.stdout.isTTY) openBrowser(access.singleUseLink());
    await stopped(stop);
  } finally {
    await close();
  }
  throw stop.reason;
}
