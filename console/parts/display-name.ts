/** The parameters of Punycode for names (RFC 3492, section 5). */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE_POINT = 0x80;

const DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

const A_LABEL = 'xn--';

/** A canonical name as people read it: "bücher.example" for "xn--bcher-kva.example". No browser tells it to a page. */
export function displayName(name: string): string {
  if (!name.includes(A_LABEL)) return name;
  return name
    .split('.')
    .map((label) => (label.startsWith(A_LABEL) ? (decoded(label.slice(A_LABEL.length)) ?? label) : label))
    .join('.');
}

/** What Punycode stands for (RFC 3492, section 6.2); undefined where it is none. */
function decoded(text: string): string | undefined {
  const delimiter = text.lastIndexOf('-');
  const found = [...text.slice(0, Math.max(delimiter, 0))].map((letter) => letter.codePointAt(0) ?? 0);
  let codePoint = FIRST_CODE_POINT;
  let place = 0;
  let bias = FIRST_BIAS;
  let at = delimiter + 1;
  while (at < text.length) {
    const before = place;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = DIGITS.indexOf(text[at] ?? '?');
      at += 1;
      if (digit < 0) return undefined;
      place += digit * weight;
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const count = found.length + 1;
    bias = adapted(place - before, { count, isFirst: before === 0 });
    codePoint += Math.floor(place / count);
    place %= count;
    if (codePoint > 0x10_ffff) return undefined;
    found.splice(place, 0, codePoint);
    place += 1;
  }
  return String.fromCodePoint(...found);
}

/** The bias of the next number (RFC 3492, section 6.1). */
function adapted(delta: number, { count, isFirst }: { count: number; isFirst: boolean }): number {
  let left = Math.floor(delta / (isFirst ? DAMP : 2));
  left += Math.floor(left / count);
  let k = 0;
  for (; left > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) left = Math.floor(left / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * left) / (left + SKEW));
}
