/** What a name server answers with, by type. */
interface Answers {
  MX: { preference?: number; exchange: string };
  SRV: { priority?: number; weight?: number; port: number; target: string };
  CAA: { flags?: number; tag: string; value: string };
  TXT: string | Uint8Array | readonly (string | Uint8Array)[];
}

/**
 * The data of an answer as Route 53 writes it. Source: Route 53 Developer Guide, "Supported DNS record types", checked
 * 2026-11-29.
 */
export function recordValue(type: string, data: unknown): string {
  switch (type) {
    case 'MX': {
      const { preference = 0, exchange } = data as Answers['MX'];
      return `${preference} ${exchange}`;
    }
    case 'SRV': {
      const { priority = 0, weight = 0, port, target } = data as Answers['SRV'];
      return `${priority} ${weight} ${port} ${target}`;
    }
    case 'CAA': {
      const { flags = 0, tag, value } = data as Answers['CAA'];
      return `${flags} ${tag} ${quoted(Buffer.from(value))}`;
    }
    case 'TXT': {
      const parts = data as Answers['TXT'];
      return (Array.isArray(parts) ? parts : [parts]).map((part) => quoted(Buffer.from(part))).join(' ');
    }
    default:
      return String(data);
  }
}

/** Bytes in quotes: a quote and a backslash escaped, what is not printable as three octal digits. */
function quoted(bytes: Uint8Array): string {
  const text = [...bytes].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === '\\') return `\\${character}`;
    return byte >= 0x20 && byte < 0x7f ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${text.join('')}"`;
}
