import type { Argument, Command, Option } from 'commander';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { siteNames } from '../site-names.ts';

/** Both ask the command itself for what may come next, and offer files where it names none. */
const SCRIPTS = {
  bash: `_nameplate() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(nameplate complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _nameplate nameplate`,
  zsh: `#compdef nameplate
_nameplate() {
  local -a found
  found=("\${(@f)$(nameplate complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=(\${found:#})
  if (( \${#found} )); then compadd -a found; else _files; fi
}
compdef _nameplate nameplate`,
} as const;

const INSTALL = {
  bash: 'source <(nameplate completion bash)   # in ~/.bashrc',
  zsh: 'source <(nameplate completion zsh)    # in ~/.zshrc, after compinit',
} as const;

export async function completion(shell: keyof typeof SCRIPTS): Promise<ExitCode> {
  console.log(`${SCRIPTS[shell]}\n# ${INSTALL[shell]}`);
  return EXIT.done;
}

/** Where the last of the words stands. */
interface Place {
  command: Command;
  /** Which argument of the command. */
  at: number;
  /** The option that it is the value of. */
  option?: Option | undefined;
  last: string;
}

function placeOf(root: Command, words: readonly string[]): Place {
  let command = root;
  let before: string | undefined;
  let at = 0;
  for (const word of words.slice(0, -1)) {
    const inner = command.commands.find((each) => each.name() === word);
    if (inner) [command, at] = [inner, 0];
    else if (!word.startsWith('-') && !takesValue(command, before)) at += 1;
    before = word;
  }
  return { command, at, option: takesValue(command, before), last: words.at(-1) ?? '' };
}

/** What may stand in place of the last word, by the grammar and the sites that there are; nothing where it is a file or free text. */
export async function candidates(root: Command, words: readonly string[]): Promise<string[]> {
  const { command, at, option, last } = placeOf(root, words);
  const found = option ? (option.argChoices ?? []) : [...inPlace(command, at), ...options(command, last)];
  const isDomain = !option && command.registeredArguments[at]?.name() === 'domain' && !last.startsWith('-');
  const names = isDomain ? await siteNames(given(words)) : [];
  return [...found, ...names].filter((each) => each.startsWith(last)).sort();
}

/** Where the command will go, by the options typed so far. */
function given(words: readonly string[]): Parameters<typeof siteNames>[0] {
  const value = (name: string): object => {
    const at = words.lastIndexOf(`--${name}`);
    return at >= 0 && words[at + 1] !== undefined ? { [name]: words[at + 1] } : {};
  };
  return {
    ...value('stack'),
    ...value('region'),
    ...value('profile'),
    ...value('tenant'),
    ...(words.includes('--local') && { local: true }),
  };
}

const takesValue = (command: Command, word: string | undefined): Option | undefined =>
  command.options.find((option) => (option.required || option.optional) && [option.long, option.short].includes(word));

/** Commands, or the choices of the argument in that place. */
function inPlace(command: Command, at: number): string[] {
  const { argChoices = [] } = (command.registeredArguments[at] ?? {}) as Partial<Argument>;
  const commands =
    at === 0
      ? command
          .createHelp()
          .visibleCommands(command)
          .map((each) => each.name())
      : [];
  return [...commands, ...argChoices];
}

/** Options once a dash is typed, and where nothing else can come. */
const options = (command: Command, last: string): string[] =>
  last.startsWith('-')
    ? command
        .createHelp()
        .visibleOptions(command)
        .flatMap(({ long }) => long ?? [])
    : [];
