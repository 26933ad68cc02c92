/** What a contact leads to when it is pressed: an address of mail, of the web, or a telephone number; undefined of other words. */
export function contactLink(contact: string): string | undefined {
  const words = contact.trim();
  if (/^https:\/\/[^\s"<>]+$/i.test(words)) return words;
  if (/^[\w.!#$%&*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(words)) return `mailto:${words}`;
  const digits = words.replace(/[\s().\-–/]/g, '');
  return /^\+?\d{6,15}$/.test(digits) ? `tel:${digits}` : undefined;
}
