import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type LocalAws, startLocalAws } from '../local/local-aws.ts';
import { Viewer } from './viewer.ts';
import { isServing, makeWorld, type World } from './world.ts';

export interface BootOptions {
  /** AWS seconds that pass in one while everything waits. */
  speed: number;
  /** Decides the draw of AWS's delays. */
  seed: number;
  /** The API's port; the others follow it. Default: any free ones. */
  port?: number;
}

/** The local AWS with Nameplate deployed into it and the small world put in it. */
export interface Booted {
  aws: LocalAws;
  world: World;
  viewer: Viewer;
  /** The file that holds the certificate authority's PEM, for `curl --cacert`. */
  caFile: string;
  /** What `npm run --silent local -- --json` prints. */
  addresses: { api: string; aws: string; dns: string; proxy: string; ca: string; speed: number; instance: string };
  close(): Promise<void>;
}

/**
 * Synthesizes the template (or finds it synthesized), boots the local AWS from it and makes the small world. When `stop`
 * aborts meanwhile, what was begun is taken back, and its reason thrown.
 */
export async function boot({ speed, seed, port }: BootOptions, stop: AbortSignal): Promise<Booted> {
  const assembly = await synthesizedAssembly(stop);
  const aws = await startLocalAws({ assembly, speed, seed, ...(port !== undefined && { port }) });
  const folder = await mkdtemp(join(tmpdir(), 'nameplate-'));
  const close = async (): Promise<void> => {
    await aws.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    stop.throwIfAborted();
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, aws.caPem);
    const world = await makeWorld(aws.url, aws.region);
    await aws.clock.until(async () => stop.aborted || (await isServing(aws, world)));
    stop.throwIfAborted();
    const { apiUrl: api, url, dns, proxy } = aws;
    const addresses = { api, aws: url, dns, proxy, ca: caFile, speed, instance: world.instanceId };
    return { aws, world, viewer: new Viewer({ ...aws, ca: aws.caPem }), caFile, addresses, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The cloud assembly's folder. Asked of a process of its own: CDK's memory goes when it ends. */
export async function synthesizedAssembly(stop?: AbortSignal): Promise<string> {
  const script = fileURLToPath(new URL('../infra/assembly.ts', import.meta.url));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script], { ...(stop && { signal: stop }) });
    return stdout.trim();
  } catch (error) {
    stop?.throwIfAborted();
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(`Cannot synthesize the template:\n${stderr.trimEnd()}`, { cause: error });
  }
}
