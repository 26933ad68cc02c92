import { shellWord } from '../domain/shell-word.ts';
import { Api } from './api.ts';
import { asTyped } from './as-typed.ts';
import { paint } from './paint.ts';
import { findTarget, type Target, type TargetOptions } from './target/target.ts';
import { fit } from './text/fit.ts';
import { widthOf } from './text/table.ts';

/** Options of every command that asks the API. */
export interface ApiOptions extends TargetOptions {
  tenant?: string;
  json?: boolean;
}

/** A command's way to the API and to its reader. */
export interface Session {
  api: Api;
  target: Target;
  /** Whether a script reads the output: JSON alone. */
  json: boolean;
  /** For a person. */
  say(text: string): void;
  /** A further command to the same place: "nameplate show shop.example.com --stack staging". */
  command(words: string): string;
  /** The line that each output for a person ends with. */
  next(words: string): void;
}

/** @throws {Ending} where no API can be found */
export async function openSession({ tenant, json = false, ...options }: ApiOptions): Promise<Session> {
  const target = await findTarget(options);
  if (!json && process.stderr.isTTY) {
    const { where, url } = target;
    console.error(paint('dim', `At ${where === url ? url : `${where}, ${url}`}`));
  }
  const say = (text: string): void => {
    if (!json) console.log(fit(text, widthOf()));
  };
  const repeated = target.options + (tenant === undefined ? '' : ` --tenant ${shellWord(tenant)}`);
  const command = (words: string): string => asTyped(`${words}${repeated}`);
  const api = new Api(target.url, { send: target.send, tenant, command });
  return { api, target, json, say, command, next: (words) => say(`\n${paint('bold', 'Next:')} ${command(words)}`) };
}

/** What a script gets: one JSON document. */
export const sayJson = (answer: unknown): void => console.log(JSON.stringify(answer, null, 2));
