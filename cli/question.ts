import { createInterface } from 'node:readline/promises';
import { Ending, EXIT } from './exit-codes.ts';
import { paint } from './paint.ts';

/**
 * Asks a person on the terminal; anything but "yes" is a no. Without a terminal nobody can answer: a script says --yes.
 *
 * @throws {Ending} the answer is no, or there is nobody to ask
 */
export async function confirm(question: string, { yes = false }: { yes?: boolean | undefined }): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY)
    throw new Ending(`Cannot ask "${question}": this is no terminal; give --yes to go on unasked`, EXIT.usage, {
      again: ['--yes'],
    });
  const answer = await ask(`${paint('bold', question)} Only "yes" goes on: `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new Ending('Nothing was changed', EXIT.refused, { again: [] });
}

/** One line that a person types, on the standard error: the standard output is for results. */
export async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const stop = new AbortController();
  // The terminal is left on the question's line.
  const end = (exitCode: number) => stop.abort(new Ending('\nNothing was changed', exitCode, { again: [] }));
  lines.once('SIGINT', () => end(EXIT.interrupted));
  lines.once('close', () => end(EXIT.refused));
  try {
    return await lines.question(question, { signal: stop.signal });
  } catch (error) {
    stop.signal.throwIfAborted();
    throw error;
  } finally {
    lines.close();
  }
}
