/** Languages that are written from right to left, by their subtag in the IANA registry. */
const LANGUAGES = new Set([
  'ar',
  'arc',
  'ckb',
  'dv',
  'fa',
  'he',
  'iw',
  'ji',
  'ks',
  'nqo',
  'ps',
  'sd',
  'syr',
  'ug',
  'ur',
  'yi',
]);

/** Scripts likewise. A script that is named says more than the language. */
const SCRIPTS = new Set(['adlm', 'arab', 'hebr', 'mand', 'nkoo', 'rohg', 'samr', 'syrc', 'thaa']);

/** How a language is written: "ar" and "pa-Arab" from right to left, "az-Latn" from left to right. */
export function textDirection(language: string): 'ltr' | 'rtl' {
  const [first = '', ...rest] = language.toLowerCase().split('-');
  const script = rest.find((subtag) => /^[a-z]{4}$/.test(subtag));
  const isRightToLeft = script === undefined ? LANGUAGES.has(first) : SCRIPTS.has(script);
  return isRightToLeft ? 'rtl' : 'ltr';
}
