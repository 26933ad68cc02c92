/** What the lines of a text stand for: a list, or an object of "name=value"; undefined where there is none. */
export function fromLines(text: string, isList: boolean): string[] | Record<string, string> | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const given = lines.filter((line) => line !== '');
  if (given.length === 0) return undefined;
  if (isList) return given;
  return Object.fromEntries(
    given.map((line) => {
      const [name = '', ...rest] = line.split('=');
      return [name.trim(), rest.join('=').trim()];
    }),
  );
}

/** The lines of a list or an object. */
export function toLines(value: unknown): string {
  if (Array.isArray(value)) return value.join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([name, each]) => `${name}=${each}`)
    .join('\n');
}
