import type { Nameplate, Shown } from './nameplate.ts';

/** What a viewer who never stops asking has seen of some names. */
export interface Watched {
  site: Shown;
  /** How often each name was asked for. */
  looks: number;
  /** "https://shop.example.test at AwaitCertificate: 503", one for each answer that wasn't the page. */
  failures: string[];
}

/** A viewer looks again after so much AWS time at least. */
const EVERY_MS = 4_000;

/**
 * Lets AWS time pass until no execution runs, as `ended()` does, while a viewer asks for every name again and again; `look`
 * is asked as well, for what else is to be seen on the way.
 */
export async function watched(
  nameplate: Nameplate,
  domain: string,
  { names, look }: { names: readonly string[]; look?: () => Promise<void> },
): Promise<Watched> {
  const failures: string[] = [];
  let looks = 0;
  let last = 0;
  const at = async () => {
    const running = (await nameplate.show(domain)).steps.find(({ state }) => state !== 'done');
    return running?.name ?? 'the end';
  };
  const ask = async (name: string) => {
    const said = await nameplate.viewer.https(name).then(
      ({ status }) => (status === 200 ? undefined : `${status}`),
      (error: Error) => error.message,
    );
    if (said !== undefined) failures.push(`https://${name} at ${await at()}: ${said}`);
  };
  await nameplate.aws.clock.until(
    async () => {
      const now = nameplate.aws.clock.now().getTime();
      if (now - last >= EVERY_MS) {
        last = now;
        looks += 1;
        await Promise.all(names.map(ask));
        await look?.();
      }
      return nameplate.aws.states.running().length === 0;
    },
    { limitMs: 40 * 24 * 3_600_000 },
  );
  return { site: await nameplate.ended(domain), looks, failures };
}
