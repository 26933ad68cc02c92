import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Booted } from '../../cli/boot.ts';
import { root } from './paths.ts';

/** Fast enough that a test waits for its own work alone. */
const SPEED = ['--speed', '500'];

/** What a process of `nameplate local` prints last once everything listens, for a script and for a person. */
const READY = { json: /\n$/, text: /\nNext: .*\n$/ } as const;

/** `nameplate local` as a process of its own. */
export class LocalProcess {
  readonly child: ChildProcess;
  /** Until everything listened. */
  readonly printed: string;

  private constructor(child: ChildProcess, printed: string) {
    this.child = child;
    this.printed = printed;
  }

  /** Boots it by `file`: the built command beside a checkout, or a script of this one. */
  static async start(file: string, words: readonly string[]): Promise<LocalProcess> {
    const child = spawn(process.execPath, [file, ...words, ...SPEED], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      // A group of its own, as a shell gives to what is typed: Ctrl-C reaches all of it.
      detached: true,
    });
    const ready = READY[words.includes('--json') ? 'json' : 'text'];
    let printed = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk));
    while (!ready.test(printed)) await once(child.stdout!, 'data');
    return new LocalProcess(child, printed);
  }

  /** Of one that prints JSON. */
  get addresses(): Booted['addresses'] {
    return JSON.parse(this.printed) as Booted['addresses'];
  }

  /** Takes a zone at the other DNS provider of the local AWS, and enters records there. */
  async enter(zone: string, ...records: object[]): Promise<void> {
    const post = async (path: string, body: object): Promise<void> => {
      const url = `${this.addresses.aws}/_local/dns/${path}`;
      const { ok, status } = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
      if (!ok) throw new Error(`${url} answered ${status}`);
    };
    await post('zones', { name: zone });
    for (const record of records) await post('records', record);
  }

  /** Types Ctrl-C, and answers with the exit code. */
  async interrupted(): Promise<number> {
    process.kill(-this.child.pid!, 'SIGINT');
    const [code] = (await once(this.child, 'exit')) as [number];
    return code;
  }
}
