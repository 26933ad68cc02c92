const BYTE = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${BYTE}(\\.${BYTE}){3}$`);

/** An IPv4 address in its one strict spelling: four decimal bytes without leading zeros. */
export function isIpv4(text: string): boolean {
  return IPV4.test(text);
}

/** An IPv6 address, in any of its spellings, without brackets or a zone. */
export function isIpv6(text: string): boolean {
  return /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`);
}
