/**
 * A domain name as DNS compares it: lower case, without the trailing dot; the root is "". Every name inside this room is in
 * this form, so that two names are the same name exactly when they are the same string.
 */
export type DomainName = string;

/** "Shop.Example.TEST." is "shop.example.test". */
export function domainName(text: string): DomainName {
  const trimmed = text.endsWith('.') ? text.slice(0, -1) : text;
  return trimmed.toLowerCase();
}

/** The labels, the most specific first; the root has none. */
export function labels(name: DomainName): string[] {
  return name === '' ? [] : name.split('.');
}

/** The name without its first label; the root has no parent. */
export function parent(name: DomainName): DomainName | undefined {
  if (name === '') return undefined;
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
}

/** Whether `name` is `ancestor` or lies under it, by whole labels. */
export function isAtOrUnder(name: DomainName, ancestor: DomainName): boolean {
  return ancestor === '' || name === ancestor || name.endsWith(`.${ancestor}`);
}

/** `name` and everything above it, up to and including `top`: "a.b.c" up to "c" is "a.b.c", "b.c", "c". */
export function upTo(name: DomainName, top: DomainName): DomainName[] {
  const names: DomainName[] = [];
  for (let at: DomainName | undefined = name; at !== undefined && isAtOrUnder(at, top); at = parent(at)) names.push(at);
  return names;
}
