/** The values a cron field names, in order. Undefined for a field that can't be read. */
export function cronValues(
  text: string,
  { min, max, names = [] }: { min: number; max: number; names?: string[] },
): number[] | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step = '1', ...more] = part.split('/');
    const [first, last, ...rest] = range === '*' ? [min, max] : range.split('-').map((word) => numberOf(word, names));
    const until = last ?? (part.includes('/') ? max : first);
    const by = Number(step);
    const readable = first !== undefined && until !== undefined && rest.length === 0 && more.length === 0;
    if (!readable || !/^\d+$/.test(step) || by < 1 || by > max || first < min || until > max || first > until)
      return undefined;
    for (let value = first; value <= until; value += by) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

/** A number or a name such as "JAN" or "MON"; names count from 1. */
function numberOf(word: string, names: string[]): number | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  const index = names.indexOf(word.toUpperCase());
  return index < 0 ? undefined : index + 1;
}
