import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface TerminalOptions {
  columns?: number;
  cwd: string;
  /** The whole environment. */
  env: Record<string, string | undefined>;
}

/** A command on a terminal of its own, by util-linux's `script`: what it shows, and a person who types. */
export class Terminal {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<unknown>;
  #printed = '';
  #read = 0;

  constructor(words: readonly string[], { columns = 80, cwd, env }: TerminalOptions) {
    const line = words.map((word) => `'${word}'`).join(' ');
    this.#child = spawn('script', ['-qec', `stty cols ${columns}; exec ${line}`, '/dev/null'], { cwd, env });
    this.#child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.#printed += chunk;
    });
    this.#closed = once(this.#child, 'close');
  }

  /** Waits until it shows something after what was waited for before; a test's own limit ends what never is. */
  async sees(text: string): Promise<void> {
    for (;;) {
      const at = this.#printed.indexOf(text, this.#read);
      if (at >= 0) {
        this.#read = at + text.length;
        return;
      }
      if (this.#child.exitCode !== null) throw new Error(`It has ended without "${text}":\n${this.#printed}`);
      await Promise.race([once(this.#child.stdout, 'data'), this.#closed]);
    }
  }

  type(text: string): void {
    this.#child.stdin.write(text);
  }

  /** Waits for a question and answers it. */
  async answers(question: string, answer: string): Promise<void> {
    await this.sees(question);
    this.type(`${answer}\n`);
  }

  /** All that it has shown, in lines, and its exit code. */
  async ended(): Promise<{ code: number | null; lines: string[] }> {
    await this.#closed;
    return { code: this.#child.exitCode, lines: this.#printed.split('\r\n') };
  }
}
