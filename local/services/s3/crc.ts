/** A cyclic redundancy check of reflected bits, as S3 writes it: big-endian, base64. */
function crc(bits: number, polynomial: bigint): (body: Uint8Array) => string {
  const all = (1n << BigInt(bits)) - 1n;
  const table = Array.from({ length: 256 }, (_, byte) => {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    return value;
  });
  return (body) => {
    let value = all;
    for (const byte of body) value = (value >> 8n) ^ (table[Number((value ^ BigInt(byte)) & 255n)] ?? 0n);
    return Buffer.from((value ^ all).toString(16).padStart(bits / 4, '0'), 'hex').toString('base64');
  };
}

// The reversed polynomials. Source: Go's hash/crc32, and NVM Express NVM Command Set Specification 1.0, 5.2.1.3.4; checked 2026-11-30.
export const crc32 = crc(32, 0xedb88320n);
export const crc32c = crc(32, 0x82f63b78n);
export const crc64nvme = crc(64, 0x9a6c9329ac4bc9b5n);
