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

/** Whether an address lies in an IPv4 block; none of another kind does. */
export function isInBlock(address: string, block: string): boolean {
  const [network = '', bits = ''] = block.split('/');
  const shift = 32 - Number(bits);
  return isIpv4(address) && Math.floor(numberOf(address) / 2 ** shift) === Math.floor(numberOf(network) / 2 ** shift);
}

const numberOf = (address: string): number => address.split('.').reduce((value, byte) => value * 256 + Number(byte), 0);
